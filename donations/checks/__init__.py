"""Check digits of accounts and addresses: a slip of the pen in one is somebody else's account."""
