"""Filters that count: what a filter is, what a reader has chosen, how many would be left.

Knows Django only. An app declares its filters (`Facet`), keeps a table of traits («filter=value»,
one row a record), and asks `FacetIndex` what is left of it.
"""
