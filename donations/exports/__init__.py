"""Published reports as files."""
