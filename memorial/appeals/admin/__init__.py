"""Appeals and events in the office."""

from memorial.appeals.admin import appeals, events

__all__ = ["appeals", "events"]
