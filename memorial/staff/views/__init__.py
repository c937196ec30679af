"""The pages of signing in, of enrolling, and of one's own security."""
