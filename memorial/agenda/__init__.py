"""What lies ahead: hearings, expected releases, birthdays where they are wanted; as pages and as calendars."""
