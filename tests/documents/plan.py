"""The repository's own plan, as the rows of a table that somebody would have typed."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

PLAN = Path(__file__).parents[2] / "plans" / "stalking-super-complaint"

# How an owner is written where it is not by its name.
SPELT = {"25": "Chief Constable/OPCC"}

# Words of the text that the deadline comes after; elsewhere it comes first.
DEADLINE_AFTER = {"1": "Introduce legislation", "3": "Introduce legislation"}

# Where the deadline is followed by "to".
DEADLINE_TO = {"6", "21"}

# How many blocks of the update come before the file that is embedded in it.
FILE_AFTER = {"15": 2, "25": 0}


@dataclass(frozen=True)
class Block:
    """A paragraph (p), an item of a list (li), or the name of an embedded file (file)."""

    kind: str
    text: str
    # Whether it goes on from what a page cut off.
    goes_on: bool = False


@dataclass
class Row:
    id: str
    printed: str
    owner: str
    text: list[Block]
    update: list[Block]
    rag: str
    status: str
    # Where each page but the last ends, see pages.py.
    pages: list[tuple[list[Block], list[Block]]] = field(default_factory=list)


def head() -> dict:
    return tomllib.loads((PLAN / "plan.toml").read_text("utf-8"))


def recommendations() -> list[dict]:
    files = [path for path in PLAN.glob("*.toml") if path.name != "plan.toml"]
    return sorted((tomllib.loads(path.read_text("utf-8")) for path in files), key=lambda r: int(r["id"]))


def blocks(text: str) -> list[Block]:
    """The paragraphs and items of a text; its Markdown is no more than paragraphs and `- `."""
    found = []
    for part in text.strip().split("\n\n"):
        for line in part.splitlines():
            found.append(Block("li", line[2:]) if line.startswith("- ") else Block("p", line))
    return found


def day(date) -> str:
    return f"{date.day} {date:%B %Y}"


def wording(due) -> str:
    """A deadline as it is written in a sentence."""
    if isinstance(due, dict):
        return due["wording"]
    return f"by {day(due)}"


def with_deadline(sentence: str, due, *, after: str = "", to: bool = False, comma: bool = True) -> str:
    """A sentence that begins with its deadline, or has it after some words."""
    when = wording(due)
    if after:
        assert sentence.startswith(after), f"{sentence!r} does not begin with {after!r}"
        return f"{after} {when}{sentence[len(after) :]}"
    then = ("," if comma else "") + (" to " if to else " ")
    return when[0].upper() + when[1:] + then + sentence[0].lower() + sentence[1:]


def rows() -> list[Row]:
    found = []
    for item in recommendations():
        id = item["id"]
        text = blocks(item["text"])
        if "deadline" in item:
            after, to = DEADLINE_AFTER.get(id, ""), id in DEADLINE_TO
            text[0] = Block("p", with_deadline(text[0].text, item["deadline"], after=after, to=to))
        # Each milestone has a paragraph; the second has lost its comma.
        for n, milestone in enumerate(item.get("milestone", [])):
            sentence = text[n].text.removeprefix("Afterwards, ")
            text[n] = Block("p", with_deadline(sentence, milestone["due"], comma=n == 0))
        update = [block for u in item.get("update", []) for block in blocks(u["text"])]
        for evidence in item.get("evidence", []):
            update.insert(FILE_AFTER[id], Block("file", evidence["title"]))
        owner = SPELT.get(id, "/".join(item["owners"]))
        printed = item.get("printed_id", id)
        rag, status = item.get("rag", ""), item.get("status", "")
        found.append(Row(id, printed, owner, text, update, rag, status))
    return found


def dated(due) -> dict:
    """A deadline as an import must understand it."""
    if isinstance(due, dict):
        date = due.get("date")
        return {"date": date.isoformat() if date else None, "wording": due["wording"]}
    return {"date": due.isoformat(), "wording": None}


def facts() -> list[dict]:
    """What an import of any document of this plan must yield, row by row."""
    found = []
    for item, row in zip(recommendations(), rows()):
        found.append(
            {
                "id": item["id"],
                "printed": row.printed,
                "owners": item["owners"],
                "owner_as_written": row.owner,
                "deadline": dated(item["deadline"]) if "deadline" in item else None,
                "milestones": [dated(milestone["due"]) for milestone in item.get("milestone", [])],
                "rag": item.get("rag"),
                "status": item.get("status"),
                "text_paragraphs": sum(block.kind == "p" for block in row.text),
                "text_bullets": sum(block.kind == "li" for block in row.text),
                "update_paragraphs": sum(block.kind == "p" for block in row.update),
                "update_bullets": sum(block.kind == "li" for block in row.update),
                "evidence": [evidence["title"] for evidence in item.get("evidence", [])],
                "text": [block.text for block in row.text],
                "updates": [block.text for block in row.update if block.kind != "file"],
            }
        )
    return found


def head_facts() -> dict:
    """What an import must yield for the plan as a whole."""
    plan = head()
    return {
        "title": plan["title"],
        "lead": plan["lead"],
        "governance": plan["governance"],
        "review_date": plan["review_date"].isoformat(),
        "priorities": plan["priorities"],
        "rag": [[level["name"], level["meaning"]] for level in plan["rag"]],
        "status": [[status["name"], status["meaning"]] for status in plan["status"]],
    }


def expected(*, has_priorities: bool = True) -> dict:
    """All that an import of a document of this plan must yield, with --number-by position."""
    about = head_facts()
    if not has_priorities:
        del about["priorities"]
    return {"number_by": "position", "plan": about, "rows": facts()}
