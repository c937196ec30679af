"""Writes of help that touch more than one row, or must not be overtaken by a colleague."""

from assistance.actions.enter_parcel import Entered, SameHelpError, enter_parcel
from assistance.actions.give import give_aid
from assistance.actions.merge import merge_clients
from assistance.actions.steps import close_request, take_step

__all__ = [
    "Entered",
    "SameHelpError",
    "close_request",
    "enter_parcel",
    "give_aid",
    "merge_clients",
    "take_step",
]
