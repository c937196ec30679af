"""What staff do with the legal record: one transaction each, its reason in the history."""
