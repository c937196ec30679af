"""Pages that staff write themselves, the menus made of them, and themes with their text."""
