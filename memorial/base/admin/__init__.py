"""The floor of the staff office: its site and what every ModelAdmin of ours builds on.

Nothing is registered here: the site itself is named in the settings by this module, and a
registration made while it is being imported would be lost.
"""

from memorial.base.admin.deeds import Deed, DeedPages, in_state
from memorial.base.admin.forms import OfficeForm
from memorial.base.admin.options import CollapsedInline, ReadOnlyAdmin, StaffAdmin, WordsInline, both
from memorial.base.admin.site import StaffSite
from memorial.base.admin.today import Panel
from memorial.base.admin.translators import STATES_TRANSLATED, TranslatedByOthers
from memorial.base.admin.versions import VersionedAdmin, VersionedForm

__all__ = [
    "STATES_TRANSLATED",
    "CollapsedInline",
    "Deed",
    "DeedPages",
    "OfficeForm",
    "Panel",
    "ReadOnlyAdmin",
    "StaffAdmin",
    "StaffSite",
    "TranslatedByOthers",
    "VersionedAdmin",
    "VersionedForm",
    "WordsInline",
    "both",
    "in_state",
]
