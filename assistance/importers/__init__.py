"""Help that comes as a table: what its cells say, and which row is which."""
