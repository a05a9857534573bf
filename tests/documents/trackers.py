"""Trackers as bodies keep them in Excel and CSV, of invented content: odd numbers, deadlines that are no dates."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from document import Document
from seed_sheet import table

INQUIRY = [
    "Ref",
    "Recipient",
    "Recommendation",
    "Issued",
    "Response",
    "Status at 30-Jun-22",
    "Status at 31-Dec-22",
    "Evidence",
    "Theatre",
]
INQUIRY_WIDTHS = [10, 24, 60, 12, 22, 18, 18, 34, 12]
# Whoever typed it wrote some dates as words.
INQUIRY_ROWS = [
    [
        "009/20",
        "Northern Ferries",
        "Count everybody who boards, by name, before the ramp is raised.",
        date(2020, 11, 3),
        "Accepted",
        "In progress",
        "Closed",
        "Boarding procedure, issue 4",
        "North",
    ],
    [
        "012/21",
        "Harbour Authority",
        "Light the ramp at night so that its edge can be seen from a vehicle.",
        date(2021, 3, 15),
        "Accepted in part",
        "Open",
        "In progress",
        "Survey of lighting 2022.pdf",
        "North",
    ],
    [
        "012/21",
        "Northern Ferries",
        "Keep vehicles off the ramp until its edge is lit.",
        date(2021, 3, 15),
        "Accepted",
        "Closed",
        "Closed",
        "",
        "North",
    ],
    [
        "013/21",
        "Harbour Authority and Northern Ferries",
        "Agree who stops the traffic when the wind rises.",
        "7 June 2021",
        "Accepted",
        "Open",
        "Open",
        "",
        "South",
    ],
    [
        "",
        "Coastguard",
        "Say by radio what the wind at the quay is, on the hour.",
        date(2022, 1, 20),
        "Rejected",
        "Open",
        "",
        "Letter of 4 February 2022",
        "South",
    ],
    [
        "002/22",
        "All ferry operators",
        "Show passengers on the car deck the way out, with lights along the floor.",
        date(2022, 5, 9),
        "Awaited",
        "",
        "Open",
        "",
        "-",
    ],
]

TRACKER = ["Rec No.", "Recommendation", "Action Owner", "Due date", "BRAG", "Comments"]
# Each row with what an import must make of its deadline.
TRACKER_ROWS = [
    (
        [
            "1",
            "Name an officer who answers for missing records.",
            "Records Board",
            "By 27/03/25",
            "Blue",
            "Done in January.",
        ],
        {"date": "2025-03-27"},
    ),
    (
        [
            "2",
            "Publish how many records are missing.",
            "Records Board",
            "By 22 November 2024 (56 days from publication)",
            "Blue",
            "Published on the website.",
        ],
        {"date": "2024-11-22"},
    ),
    (
        ["3", "Begin to search by address as well as by name.", "IT Service", "Before the end of 2024", "Green", ""],
        {"date": "2024-12-31"},
    ),
    (
        [
            "4",
            "Replace the scanner.",
            "IT Service",
            "Q3 2025",
            "Amber",
            "Two tenders came in.\n• one meets the need\n• the other is late",
        ],
        {"date": "2025-09-30", "sure": False},
    ),
    (
        ["4", "Train whoever uses the scanner.", "IT Service, Training Unit", "March 26 earliest", "Amber", ""],
        {"date": "2026-03-31", "sure": False},
    ),
    (
        [
            "6",
            "Count records that were found again.",
            "Records Board",
            "from the next data release onwards",
            "Red",
            'Nobody has been asked yet; "next release" is not fixed.',
        ],
        {"date": None},
    ),
    (
        ["", "Report to the board twice.", "Records Board", "27 March 2025; 27 June 2025", "", "."],
        {"milestones": ["2025-03-27", "2025-06-27"]},
    ),
    (
        ["8", "Ask the Archive to keep copies.", "Records Board/Archive", "04/05/2025", "Red", "=not a formula"],
        {"date": "2025-05-04"},
    ),
    (["9", "Close the old store.", "Estates", "TBC", "N/A", ""], {"date": None}),
]
# Deadlines that are no more than a date; the words of the others are kept.
PLAIN = {"By 27/03/25", "04/05/2025"}


def row(id: str | None, printed: str | None, owners: list[str], text: str, update: str = "", **others) -> dict:
    """The facts of a row; what others do not say is not there."""
    lines = [line for line in update.splitlines() if any(c.isalnum() for c in line)]
    bullets = [line for line in lines if line.startswith("• ")]
    return {
        "id": id,
        "printed": printed,
        "owners": owners,
        "deadline": None,
        "milestones": [],
        "rag": None,
        "status": None,
        "text_paragraphs": 1,
        "text_bullets": 0,
        "update_paragraphs": len(lines) - len(bullets),
        "update_bullets": len(bullets),
        "evidence": [],
        "text": [text],
        "updates": [line.removeprefix("• ") for line in lines],
    } | others


def owners_of(text: str) -> list[str]:
    for mark in ["/", " and ", ", "]:
        text = text.replace(mark, "|")
    return text.split("|")


def save_inquiry(path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Recommendations"
    table(sheet, 1, INQUIRY, INQUIRY_ROWS, INQUIRY_WIDTHS)
    for cell in sheet["D"][1:]:
        if isinstance(cell.value, (date, datetime)):
            cell.number_format = "DD-MMM-YY"
    workbook.save(path)


def inquiry() -> dict:
    rows = []
    for number, recipient, text, issued, response, june, december, evidence, theatre in INQUIRY_ROWS:
        day = issued if isinstance(issued, date) else datetime.strptime(issued, "%d %B %Y").date()
        dated = [("2022-06-30", june), ("2022-12-31", december)]
        rows.append(
            row(
                number or None,
                number or None,
                owners_of(recipient),
                text,
                issued=day.isoformat(),
                response=response,
                status=december or june or None,
                dated_statuses=[{"date": day, "status": status} for day, status in dated if status],
                evidence=[evidence] if evidence else [],
                custom={"theatre": theatre} if theatre != "-" else {},
            )
        )
    return {"number_by": None, "repeated": ["012/21"], "missing_numbers": 1, "rows": rows}


def save_tracker(path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(TRACKER)
    writer.writerows(values for values, _ in TRACKER_ROWS)
    path.write_text(out.getvalue(), "utf-8", newline="")


def tracker() -> dict:
    rows = []
    for (number, text, owner, due, brag, comment), when in TRACKER_ROWS:
        found = row(number or None, number or None, owners_of(owner), text, comment, rag=brag or None)
        if "milestones" in when:
            found["milestones"] = [{"date": day, "wording": None} for day in when["milestones"]]
        elif due:
            found["deadline"] = {"date": when["date"], "wording": None if due in PLAIN else due}
            found["deadline"] |= {"sure": False} if when.get("sure") is False else {}
        rows.append(found)
    return {"number_by": None, "repeated": ["4"], "missing_numbers": 1, "rows": rows}


def documents(_: dict[str, Document]) -> list[Document]:
    return [
        Document(
            "inquiry.xlsx", save_inquiry, inquiry(), "012/21 is there twice, for two recipients; one row has no number."
        ),
        Document(
            "tracker.csv", save_tracker, tracker(), "4 is there twice, 5 and 7 are not, and one row has no number."
        ),
    ]
