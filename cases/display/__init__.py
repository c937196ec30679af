"""The legal record in words: charges, decisions, hearings, chronologies. Model side; see docs/decisions/0010.

Nothing here asks the database: querysets load, these functions read what was loaded.
"""
