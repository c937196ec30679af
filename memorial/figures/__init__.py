"""Statistics: figures of the encyclopaedia for any day, each with its definition, chart, table and files."""
