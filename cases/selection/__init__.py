"""Which people and cases a reader asked for: filters, name, letter, order; with the words and counts of each filter.

On the model side, so that lists, exports, feeds and the API of any app mean the same by the same address.
"""

from cases.selection.cases import CaseFilter, CaseOrder
from cases.selection.people import PeopleFilter

__all__ = ["CaseFilter", "CaseOrder", "PeopleFilter"]
