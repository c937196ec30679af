"""What a public page costs beside a bare one, for `make bench`. Figures to read, never a test."""
