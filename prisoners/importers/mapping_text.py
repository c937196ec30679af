"""Writes a mapping as the TOML file that `mapping_file` reads."""

import json
from collections.abc import Mapping
from typing import Any

_SECTIONS = ("source", "file", "rows", "columns", "dates", "names", "values", "constants", "facilities")


def mapping_text(content: Mapping[str, Any]) -> str:
    """The file: sections in the order of docs/import.md, nothing that is empty."""
    known = [name for name in _SECTIONS if content.get(name)]
    others = [name for name in content if name not in _SECTIONS and content[name]]
    return "\n".join(line for name in (*known, *others) for line in _table([name], content[name]))


def _table(path: list[str], table: Any) -> list[str]:
    """One table: its plain values first, then the tables inside it."""
    if isinstance(table, list):
        return [line for one in table for line in (f"[[{_path(path)}]]", *_values(one), "")]
    inner = {name: value for name, value in table.items() if _is_section(path, value)}
    plain = {name: value for name, value in table.items() if name not in inner}
    lines = [f"[{_path(path)}]", *_values(plain), ""] if plain or not inner else []
    return [*lines, *(line for name, value in inner.items() for line in _table([*path, name], value))]


def _is_section(path: list[str], value: Any) -> bool:
    if path == ["values"]:
        return isinstance(value, dict)
    return path == ["facilities"] and isinstance(value, list) and value != [] and isinstance(value[0], dict)


def _path(path: list[str]) -> str:
    return ".".join(_key(name) for name in path)


def _values(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(name)} = {_value(value)}" for name, value in table.items()]


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()
    return name if bare else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    # JSON's strings are TOML's, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
