"""Makes the documents that the import is tested on.

    python3 tests/documents/make.py OUTDIR    every document, and expected.json, into OUTDIR
    python3 tests/documents/make.py --check   whether the fixtures are what the scripts make
    python3 tests/documents/make.py --keep    makes the fixtures anew

What cannot be made here is named with its reason; the rest is made all the same.
"""

import importlib
import json
import sys
import tempfile
from pathlib import Path

from document import CannotMake, Document
from package import content, tidied

# Each has a function `documents`, which is given those of the modules before it, by name: it may make others of them.
MODULES = [
    "seed_text",
    "seed_word",
    "seed_sheet",
    "seed_office",
    "layouts_word",
    "layouts_sheet",
    "trackers",
    "colours",
    "dialects",
    "hostile",
]

FIXTURES = Path(__file__).parent / "fixtures"
# What is kept in the repository, so that a test needs no Python.
KEPT = ["seed.txt", "seed.docx", "seed.xlsx", "layouts.docx"]


def find(missing: list[str]) -> list[Document]:
    """Every document whose module can be loaded."""
    found: dict[str, Document] = {}
    for name in MODULES:
        try:
            made = importlib.import_module(name).documents(dict(found))
        except ModuleNotFoundError as error:
            missing.append(f"what {name}.py makes: there is no Python package {error.name}")
            continue
        found |= {document.name: document for document in made}
    return list(found.values())


def make(out: Path, names: list[str] | None = None) -> list[str]:
    """Writes the documents (of these names) and expected.json; what could not be made, with the reason."""
    out.mkdir(parents=True, exist_ok=True)
    missing: list[str] = []
    expected = {}
    for document in find(missing):
        if names is not None and document.name not in names:
            continue
        path = out / document.name
        try:
            document.write(path)
        except CannotMake as why:
            missing.append(f"{document.name}: {why}")
            continue
        if document.expected is None:
            expected[document.name] = {"refused": document.note}
            continue
        if "rows" in document.expected and path.suffix in {".docx", ".xlsx"}:
            path.write_bytes(tidied(path.read_bytes()))
        expected[document.name] = document.expected | ({"note": document.note} if document.note else {})
    share_rows(expected)
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (out / "expected.json").write_text(text + "\n", "utf-8")
    return missing


def share_rows(expected: dict[str, dict]) -> None:
    """Names the document that has the same rows in place of writing them again."""
    first: dict[str, str] = {}
    for name, facts in expected.items():
        if "rows" in facts:
            same = first.setdefault(json.dumps(facts["rows"]), name)
            if same != name:
                del facts["rows"]
                facts["rows_of"] = same


def check() -> list[str]:
    """The fixtures that are not what the scripts make."""
    with tempfile.TemporaryDirectory() as folder:
        faults = make(Path(folder), KEPT)
        for name in [*KEPT, "expected.json"]:
            made, kept = Path(folder, name), FIXTURES / name
            if made.exists() and not (kept.exists() and content(made) == content(kept)):
                faults.append(f"fixtures/{name} is not what the scripts make: run make.py --keep")
    return faults


def main(arguments: list[str]) -> int:
    match arguments:
        case ["--check"]:
            faults = check()
        case ["--keep"]:
            faults = make(FIXTURES, KEPT)
        case [out] if not out.startswith("-"):
            for why in make(Path(out)):
                print(f"not made: {why}")
            return 0
        case _:
            print(__doc__.strip())
            return 2
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
