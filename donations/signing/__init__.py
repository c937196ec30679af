"""The signed set of payment details: its one text, reading it, signing it, and what of it holds today.

All but `current` knows neither models nor a database: the machine that signs has none (docs/donations.md).
"""
