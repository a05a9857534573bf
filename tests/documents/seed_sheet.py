"""The plan as a workbook, one row a recommendation, and as CSV."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from document import Document
from plan import Block, Row, blocks, expected, head, recommendations, rows
from seed_word import COLOURS

COLUMNS = ["No.", "Recommendation", "Owner", "Update", "RAG", "Status"]
WIDTHS = [6, 60, 20, 60, 10, 14]

WRAP = Alignment(wrap_text=True, vertical="top")
EDGE = Border(*[Side(style="thin", color="A6A6A6")] * 4)


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def lines(found: list[Block]) -> str:
    """What somebody types into one cell: a line each, with bullets before the items."""
    return "\n".join(f"• {block.text}" if block.kind == "li" else block.text for block in found)


def record(row: Row) -> list:
    update = "." if row.id == "3" else lines(row.update)
    return [int(row.printed), lines(row.text), row.owner, update, row.rag, row.status]


def records() -> list[list]:
    return [record(row) for row in rows()]


def table(sheet, at: int, columns: list[str], records: list[list], widths: list[int]) -> None:
    """Writes a header and rows from a row of the sheet on."""
    for n, (name, width) in enumerate(zip(columns, widths), 1):
        cell = sheet.cell(at, n, name)
        cell.font, cell.fill, cell.alignment, cell.border = Font(bold=True, color="FFFFFF"), solid("1F3864"), WRAP, EDGE
        sheet.column_dimensions[cell.column_letter].width = width
    for down, values in enumerate(records, at + 1):
        for n, value in enumerate(values, 1):
            cell = sheet.cell(down, n, value if value != "" else None)
            cell.alignment, cell.border = WRAP, EDGE
            if hasattr(value, "year"):
                cell.number_format = "DD/MM/YYYY"
        sheet.row_dimensions[down].height = height(values, widths)
    sheet.freeze_panes = sheet.cell(at + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def height(values: list, widths: list[int]) -> float:
    """The points that a row takes up, as Excel would fit it; no row is higher than 409."""
    count = max(
        sum(len(line) // width + 1 for line in str(value).splitlines() or [""]) for value, width in zip(values, widths)
    )
    return min(count * 15, 409)


def top(sheet, plan: dict, across: int) -> int:
    """The head of the sheet; the row after it."""
    sheet.cell(1, 1, plan["title"]).font = Font(bold=True, size=16)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=across)
    for n, key in enumerate(["lead", "governance", "review_date"], 2):
        sheet.cell(n, 1, key.replace("_", " ").title()).font = Font(bold=True)
        sheet.merge_cells(start_row=n, start_column=1, end_row=n, end_column=2)
        value = sheet.cell(n, 3, plan[key])
        if key == "review_date":
            value.number_format, value.alignment = "DD/MM/YYYY", Alignment(horizontal="left")
    return 6


def definitions(workbook, plan: dict) -> None:
    sheet = workbook.create_sheet("Key")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 90
    sheet.append(["RAG", "Position"])
    for level in plan["rag"]:
        sheet.append([level["name"].upper(), level["meaning"]])
        sheet.cell(sheet.max_row, 1).fill = solid(COLOURS[level["colour"]])
    sheet.append([])
    sheet.append(["Status", "Position"])
    for status in plan["status"]:
        sheet.append([status["name"], status["meaning"]])
    for row in (1, 3 + len(plan["rag"])):
        for cell in sheet[row]:
            cell.font = Font(bold=True)


def choices(workbook, sheet, plan: dict, column: str, first: int, last: int) -> None:
    """A hidden sheet with the words that a cell may hold."""
    hidden = workbook.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    for status in plan["status"]:
        hidden.append([status["name"]])
    allowed = DataValidation("list", formula1=f"=Lists!$A$1:$A${len(plan['status'])}", allow_blank=True)
    sheet.add_data_validation(allowed)
    allowed.add(f"{column}{first}:{column}{last}")


def save(path: Path) -> None:
    plan = head()
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Delivery plan"
    at = top(sheet, plan, len(COLUMNS))
    found = records()
    table(sheet, at, COLUMNS, found, WIDTHS)
    sheet.auto_filter.ref = f"A{at}:F{at + len(found)}"
    definitions(workbook, plan)
    choices(workbook, sheet, plan, "F", at + 1, at + len(found))
    workbook.save(path)


# Rows of a sheet that name what follows, merged across it: by the first row below.
SECTIONS = {"1": "Law, recording and national guidance", "10": "Force response", "19": "Partners and oversight"}


def section_of(id: str) -> str:
    return [name for first, name in SECTIONS.items() if int(first) <= int(id)][-1]


def deadline(item: dict):
    """What stands in a column of deadlines: a date, or words where there is none; both, in a line each, for two."""
    due = item.get("deadline", "")
    if item.get("milestone"):
        return "\n".join(f"{m['title']}: {m['due']['date']:%d/%m/%Y}" for m in item["milestone"])
    if isinstance(due, dict):
        return due.get("date", due["wording"])
    return due


def save_with_dates(path: Path) -> None:
    """Deadlines in a column of their own, sections across the sheet, and no words of the deadline in the text."""
    plan = head()
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Action tracker"
    columns = ["Ref", "Recommendation", "Lead body", "Due date", "Progress", "Status"]
    width = len(columns)
    found, sections = [], []
    for item, row in zip(recommendations(), rows()):
        if item["id"] in SECTIONS:
            sections.append((len(found), SECTIONS[item["id"]]))
            found.append([SECTIONS[item["id"]]] + [""] * (width - 1))
        text = lines(blocks(item["text"]))
        found.append([int(item["id"]), text, row.owner, deadline(item), lines(row.update), row.status])
    table(sheet, 1, columns, found, [6, 60, 20, 16, 60, 14])
    for n, _ in sections:
        sheet.merge_cells(start_row=n + 2, start_column=1, end_row=n + 2, end_column=width)
        sheet.cell(n + 2, 1).fill, sheet.cell(n + 2, 1).font = solid("D9E2F3"), Font(bold=True)
    definitions(workbook, plan)
    workbook.save(path)


def expected_with_dates() -> dict:
    """The facts of the sheet with dates: it says no more of a deadline than its column does."""
    found = expected(has_priorities=False)
    found["plan"] = {key: found["plan"][key] for key in ["rag", "status"]}
    for item, row in zip(recommendations(), found["rows"]):
        row["printed"], row["theme"] = row["id"], section_of(row["id"])
        row["text"] = [block.text for block in blocks(item["text"])]
        when = deadline(item)
        if item.get("milestone"):
            row["milestones"] = [
                {"date": m["due"]["date"].isoformat(), "wording": None, "title": m["title"]} for m in item["milestone"]
            ]
        elif when:
            is_date = hasattr(when, "year")
            row["deadline"] = {"date": when.isoformat() if is_date else None, "wording": None if is_date else when}
        # The sheet has no column of evidence: the file's name is a line of its progress.
    found["number_by"] = None
    return found


def text_csv(separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(records())
    return out.getvalue()


def save_csv(path: Path) -> None:
    """As a spreadsheet saves "CSV UTF-8": a byte order mark before the text."""
    path.write_bytes(text_csv(",").encode("utf-8-sig"))


def save_semicolon_csv(path: Path) -> None:
    """As a spreadsheet saves CSV under Windows, where lists are separated by semicolons: in code page 1252."""
    path.write_bytes(text_csv(";").encode("cp1252"))


def documents(_: dict[str, Document]) -> list[Document]:
    table_alone = {key: value for key, value in expected().items() if key != "plan"}
    return [
        Document("seed.xlsx", save, expected(has_priorities=False)),
        Document("seed.csv", save_csv, table_alone),
        Document("seed-semicolon.csv", save_semicolon_csv, table_alone),
        Document("seed-dates.xlsx", save_with_dates, expected_with_dates()),
    ]
