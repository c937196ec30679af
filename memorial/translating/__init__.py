"""The translation desk: what lacks English, what has changed since, and texts on their way to readers."""
