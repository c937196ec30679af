"""What can go wrong with a backup, in one sentence each."""


class BackupError(Exception):
    """A backup was not made, or not restored; the sentence says why, and nothing half-done is left."""
