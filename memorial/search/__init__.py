"""Search by name and by word over what is published."""
