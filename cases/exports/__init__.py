"""The data under the lists of the legal record."""
