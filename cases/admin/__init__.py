"""The office's pages of the legal record. Importing the modules registers them."""

from cases.admin import case, courts, documents, findings, law, people, rows, today

__all__ = ["case", "courts", "documents", "findings", "law", "people", "rows", "today"]
