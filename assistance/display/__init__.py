"""The words in which readers are told of help given."""
