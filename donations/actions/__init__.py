"""Writes of money that take more than one person, or more than one row."""
