"""Asking the links of sources: which addresses may be asked at all, one question, a round of questions."""
