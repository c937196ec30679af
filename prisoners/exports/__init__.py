"""The data under the list of people."""
