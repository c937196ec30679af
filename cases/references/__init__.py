"""References to articles of law: one grammar, read and written, in Russian and English.

    >>> read_references("п. «д» ч. 2 ст. 207.3 УК РФ").references
    >>> write_references(references, "en")

Domain rule 6. Nothing here asks the database.
"""

from cases.references.order import article_order, article_slug
from cases.references.points import english_point, russian_point
from cases.references.reading import FoundReference, Reading, Remainder, read_references
from cases.references.structuring import StructuredCharge, structure_charges
from cases.references.value import ARTICLE_33, ArticleReference, Attempt
from cases.references.writing import ReferenceStyle, write_reference, write_references

__all__ = [
    "ARTICLE_33",
    "ArticleReference",
    "Attempt",
    "FoundReference",
    "Reading",
    "ReferenceStyle",
    "Remainder",
    "StructuredCharge",
    "article_order",
    "article_slug",
    "english_point",
    "read_references",
    "russian_point",
    "structure_charges",
    "write_reference",
    "write_references",
]
