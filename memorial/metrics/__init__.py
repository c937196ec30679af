"""Figures about the processes, for Prometheus: kinds of pages and numbers, never an address of a page or a person."""
