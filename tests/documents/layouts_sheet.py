"""The reservoir plan as a workbook: a sheet for each owner, whose name stands above its table."""

from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font

from document import Document
from reservoir import DATES, SECTIONS, STATUSES, TITLE, Item, expected, words
from seed_sheet import solid, table

COLUMNS = ["No.", "Recommendation", "Due", *(f"Status at {day}" for day in DATES), "Commentary"]
WIDTHS = [6, 55, 26, 16, 16, 55]
# A sheet's name has no more than 31 characters.
SHEETS = {"Office for Dam Safety and Tarn Valley Water": "Joint"}


def lines(texts: list[str]) -> str:
    bullets = {"- ": "• ", "--": "   o "}
    return "\n".join(bullets.get(line[:2], "") + (words(line) if len(line) > 1 else line) for line in texts)


def due(item: Item):
    """A date where there is one, as Excel makes one of what is typed; else the words."""
    try:
        return datetime.strptime(item.due, "%d/%m/%Y").date()
    except ValueError:
        return item.due


def save(path) -> None:
    workbook = Workbook()
    contents = workbook.active
    contents.title = "Contents"
    contents.append([TITLE])
    contents["A1"].font = Font(bold=True, size=16)
    contents.append([])
    contents.append(["Sheet", "What it holds"])
    definitions = workbook.create_sheet("Definitions")
    definitions.append(["Status", "Meaning"])
    for pair in STATUSES:
        definitions.append(pair)
    for name, (_, items) in SECTIONS.items():
        sheet = workbook.create_sheet(SHEETS.get(name, name))
        contents.append([sheet.title, f"Recommendations {items[0].number} to {items[-1].number}"])
        sheet.cell(1, 1, name).font = Font(bold=True, size=14)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
        found, bands = [], []
        for item in items:
            if not bands or bands[-1][1] != item.theme:
                bands.append((len(found) + 4, item.theme))
                found.append([item.theme] + [""] * (len(COLUMNS) - 1))
            found.append([item.number, lines(item.text), due(item), item.june, item.december, lines(item.comment)])
        table(sheet, 3, COLUMNS, found, WIDTHS)
        for at, _ in bands:
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(COLUMNS))
            sheet.cell(at, 1).fill, sheet.cell(at, 1).font = solid("DEEAF6"), Font(bold=True)
            sheet.row_dimensions[at].height = 18
    for sheet in [contents, definitions]:
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 60
    workbook.save(path)


def documents(_: dict[str, Document]) -> list[Document]:
    note = (
        "Owners stand above the tables, and in the sheets' names but for the last. The sheet Contents is not the plan."
    )
    return [Document("layouts.xlsx", save, expected(is_word=False), note)]
