"""All public data in one file: made by date, kept, and made anew without what was withdrawn (docs/decisions/0018)."""
