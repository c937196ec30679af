"""The old WordPress site comes along: its export is read, its people become rows of the same import.

Dump → `opening` (WXR or REST files into a store that lives on disk) → `people` (posts into rows)
→ `importing` (the planning and writing of every other import) → addresses, letters, photos.
"""
