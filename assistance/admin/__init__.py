"""The office of those who help. Importing the modules registers their pages."""

from assistance.admin import client, detention, humanitarian, kinds, legal, requests, stories, today, totals

__all__ = ["client", "detention", "humanitarian", "kinds", "legal", "requests", "stories", "today", "totals"]
