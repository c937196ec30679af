"""Courts, articles and cases come in and go out as tables, as people and institutions do.

The readers are edges of `prisoners`, which `cases` may not import; the roof may.
"""
