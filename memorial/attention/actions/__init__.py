"""What the office does at the attention desk."""
