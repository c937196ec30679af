"""Tables of urgent appeals and of events abroad."""

from memorial.appeals.models.appeal import Appeal, AppealAddressee, AppealReading
from memorial.appeals.models.event import PublicEvent

__all__ = ["Appeal", "AppealAddressee", "AppealReading", "PublicEvent"]
