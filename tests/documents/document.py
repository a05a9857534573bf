"""A document: its name, what writes it, and what an import of it must yield."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


class CannotMake(Exception):
    """A program that this document needs is not here, or does not do it."""


def beside(path: Path, name: str) -> Path:
    """A document that was made before this one, of which it is made."""
    source = path.with_name(name)
    if not source.exists():
        raise CannotMake(f"{name}, of which it is made, is not there")
    return source


@dataclass
class Document:
    name: str
    # Takes the path to write to.
    write: Callable[[Path], None]
    # None for what an import must refuse.
    expected: dict | None = None
    # For what an import must refuse or leave out, why.
    note: str = ""
