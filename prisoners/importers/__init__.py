"""Reading other people's lists: from a table in a file to people, drafts unless told otherwise.

In the order in which a row passes through: `table` (the file), `mapping` (which column is what),
`cells`, `person_names` and `rows` (what a row says), `places` and `similar` (what is here already),
`planning` (what would change), `writing` (one batch), `running` (a whole file). What went wrong is
in `report`.
"""
