"""The home page: counts that add up, today's person, what is new and what lies ahead, the wall of names."""
