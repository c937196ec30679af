"""What staff do with people, institutions and photos: one transaction each, its reason in the history.

Every action takes `by`, the number of a staff account (None keeps the actor who acts already),
and raises `ValidationError` with sentences for the editor.
"""

from prisoners.actions.confirm import confirm_facility, confirm_unchanged
from prisoners.actions.enter import QuickKind, quick_entry
from prisoners.actions.find_name import Place, where_name_stands
from prisoners.actions.hide import hide_detail
from prisoners.actions.merge import merge_prisoners
from prisoners.actions.publish import (
    back_to_draft,
    publish,
    publish_facility,
    send_for_review,
    withdraw,
    withdraw_facility,
)
from prisoners.actions.reduce import reduce_to_initials, restore_name
from prisoners.actions.show_photos import add_photo, hide_photo, publish_photo
from prisoners.obstacles import facility_obstacles, publication_obstacles
from prisoners.similar import similar_people

__all__ = [
    "Place",
    "QuickKind",
    "add_photo",
    "back_to_draft",
    "confirm_facility",
    "confirm_unchanged",
    "facility_obstacles",
    "hide_detail",
    "hide_photo",
    "merge_prisoners",
    "publication_obstacles",
    "publish",
    "publish_facility",
    "publish_photo",
    "quick_entry",
    "reduce_to_initials",
    "restore_name",
    "send_for_review",
    "similar_people",
    "where_name_stands",
    "withdraw",
    "withdraw_facility",
]
