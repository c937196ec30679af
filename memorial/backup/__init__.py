"""One encrypted file with everything that cannot be made again, and the way back from it.

See docs/backup.md for operators and docs/decisions/0021 for why it is made so.
"""
