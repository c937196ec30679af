"""Copies of public pages: the cache while the database answers, the last good page while it does not."""
