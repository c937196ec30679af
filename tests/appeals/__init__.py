"""Urgent appeals and events abroad."""
