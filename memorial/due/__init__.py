"""Work that is due at a moment: one table for the whole site, and one command that does it."""
