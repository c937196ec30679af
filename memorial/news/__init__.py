"""News: what happened, told in both languages, with the people and cases that it is about."""
