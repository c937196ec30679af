"""The same as `import_prisoners`, under the name that fits courts, articles and cases, too."""

from prisoners.management.commands.import_prisoners import Command

__all__ = ["Command"]
