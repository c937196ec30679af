"""What can be wrong: with the whole file, with a row, with a cell."""


class ImportRefused(Exception):
    """The file, the mapping or the run as a whole is refused; the text is a sentence for editors."""


class CellError(ValueError):
    """A cell cannot be read; the text says why, for the list of what was not read."""


class RowError(ValueError):
    """A row cannot be imported: the column that is to blame, and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
