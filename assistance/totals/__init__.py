"""Totals of help given: which periods and figures there are, how they are counted, what of them is withheld."""
