"""Open data: what a table has, said once, and written as CSV, JSON, a workbook or a feed (docs/decisions/0018)."""
