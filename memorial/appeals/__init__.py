"""Urgent appeals for people, which end by themselves, and events abroad where one can join others."""
