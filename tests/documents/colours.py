"""Ratings that are no more than the colour of a cell: an invented plan, and a row for each way to colour one."""

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Color, PatternFill

from document import Document
from seed_sheet import solid, table
from trackers import row
from word import base, element, fill, landscape, say, widths

COLUMNS = ["No.", "Recommendation", "Owner", "RAG"]
OWNER = "Estates"
LEVELS = [
    ("Red", "FF0000", "It will not be done in time."),
    ("Amber", "FFC000", "It may be done late."),
    ("Green", "00B050", "It will be done in time."),
]


def shade_theme(cell) -> None:
    """A theme's colour alone; the theme of python-docx has a red second accent."""
    fill(cell, "auto", themeFill="accent2")


def shade_theme_and_colour(cell) -> None:
    """As Word writes it: the theme's colour made lighter, and what it comes to; the third accent is green."""
    fill(cell, "C2D69B", themeFill="accent3", themeFillTint="99")


def shade_style(cell) -> None:
    """The shading belongs to the paragraph's style."""
    cell.paragraphs[0].style = "Rated amber"


def highlight(*colours):
    """Dashes, which say nothing, each gone over with a marker pen."""

    def apply(cell) -> None:
        for colour in colours:
            cell.paragraphs[0].add_run("\N{EM DASH}\N{EM DASH}").font.highlight_color = colour

    return apply


def shade_run(cell) -> None:
    run = say(cell, "\N{BLACK CIRCLE}")
    run._r.get_or_add_rPr().append(element("w:shd", val="clear", color="auto", fill="FFC000"))


def word_on(word: str, colour: str):
    def apply(cell) -> None:
        say(cell, word)
        fill(cell, colour)

    return apply


def shade(colour: str):
    return lambda cell: fill(cell, colour)


# Rows that are shaded from one end to the other, as every second one often is.
BANDED = {"Wax the counter."}
BAND = "C6EFCE"

# What the row says, how its cell is coloured in Word, and the rating.
IN_WORD = [
    ("Mend the roof of the reading room.", shade("FF0000"), "Red"),
    ("Oil the lift.", shade("92D050"), "Green"),
    ("Paint the railings along the ramp.", shade_theme_and_colour, "Green"),
    ("Renew the wiring in the basement.", shade_theme, "Red"),
    ("Clear the drain in the yard.", shade_style, "Amber"),
    ("Light the back stairs.", highlight(WD_COLOR_INDEX.BRIGHT_GREEN), "Green"),
    ("Test the alarm each week.", highlight(WD_COLOR_INDEX.RED), "Red"),
    ("Fit a second handrail.", shade_run, "Amber"),
    ("Number the fire doors.", word_on("Green", "FF0000"), "Green"),
    ("Move the book store upstairs.", highlight(WD_COLOR_INDEX.RED, WD_COLOR_INDEX.BRIGHT_GREEN), None),
    ("Label the keys.", shade("FFFFFF"), None),
    ("Replace the carpet.", shade("D9D9D9"), None),
    ("Measure the damp.", lambda cell: None, None),
    ("Wax the counter.", shade(BAND), None),
]


def save_word(path) -> None:
    document = docx.Document()
    base(document)
    landscape(document)
    style = document.styles.add_style("Rated amber", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(element("w:shd", val="clear", color="auto", fill="FFC000"))
    document.add_paragraph("Library estate: delivery plan", "Title")
    made = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, name in zip(made.rows[0].cells, COLUMNS):
        say(cell, name, bold=True)
    for n, (text, colour, _) in enumerate(IN_WORD, 1):
        cells = made.add_row().cells
        for cell, words in zip(cells, [str(n), text, OWNER]):
            say(cell, words)
        if text in BANDED:
            for cell in cells[:3]:
                fill(cell, BAND)
        colour(cells[3])
    widths(made, [1.5, 14, 4, 3])
    document.add_paragraph()
    key = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, name in zip(key.rows[0].cells, ["RAG", "Meaning"]):
        say(cell, name, bold=True)
    for name, colour, meaning in LEVELS:
        cells = key.add_row().cells
        say(cells[0], name)
        fill(cells[0], colour)
        say(cells[1], meaning)
    widths(key, [4, 14])
    document.save(path)


def by_theme(cell) -> None:
    """The theme's sixth accent, made lighter; in openpyxl's theme it is orange."""
    cell.fill = PatternFill("solid", fgColor=Color(theme=9, tint=0.4))


def by_style(name: str):
    """One of Excel's own styles for cells: a pale fill."""

    def apply(cell) -> None:
        cell.style = name

    return apply


def by_colour(colour: str, word: str | None = None):
    def apply(cell) -> None:
        cell.fill, cell.value = solid(colour), word

    return apply


def by_condition(cell) -> None:
    """Red only while a condition holds: nothing in the cell says so."""
    rule = FormulaRule(formula=["TRUE"], fill=PatternFill("solid", bgColor="FF0000"))
    cell.parent.conditional_formatting.add(cell.coordinate, rule)


IN_EXCEL = [
    ("Mend the roof of the reading room.", by_colour("FF0000"), "Red"),
    ("Oil the lift.", by_colour("92D050"), "Green"),
    ("Paint the railings along the ramp.", by_theme, "Amber"),
    ("Renew the wiring in the basement.", by_style("Bad"), "Red"),
    ("Clear the drain in the yard.", by_style("Neutral"), "Amber"),
    ("Light the back stairs.", by_style("Good"), "Green"),
    ("Number the fire doors.", by_colour("FF0000", "Green"), "Green"),
    ("Test the alarm each week.", by_condition, None),
    ("Label the keys.", by_colour("FFFFFF"), None),
    ("Replace the carpet.", by_colour("D9D9D9"), None),
    ("Measure the damp.", lambda cell: None, None),
    ("Wax the counter.", by_colour(BAND), None),
]


def save_excel(path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Plan"
    records = [[n, text, OWNER, ""] for n, (text, _, _) in enumerate(IN_EXCEL, 1)]
    table(sheet, 1, COLUMNS, records, [6, 60, 16, 12])
    for n, (text, colour, _) in enumerate(IN_EXCEL, 2):
        if text in BANDED:
            for column in range(1, 4):
                sheet.cell(n, column).fill = solid(BAND)
        colour(sheet.cell(n, 4))
    key = workbook.create_sheet("Key")
    key.append(["RAG", "Meaning"])
    for name, colour, meaning in LEVELS:
        key.append([name, meaning])
        key.cell(key.max_row, 1).fill = solid(colour)
    workbook.save(path)


def expected(rows: list) -> dict:
    facts = [row(str(n), str(n), [OWNER], text, rag=rating) for n, (text, _, rating) in enumerate(rows, 1)]
    return {
        "number_by": None,
        "plan": {"rag": [[name, meaning] for name, _, meaning in LEVELS]},
        "rows": facts,
    }


def documents(_: dict[str, Document]) -> list[Document]:
    note = (
        "Words go before colours. White and grey say nothing; nor do two colours, one that only a condition gives, or one "
        "that is the whole row's."
    )
    return [
        Document("colours.docx", save_word, expected(IN_WORD), note),
        Document("colours.xlsx", save_excel, expected(IN_EXCEL), note),
    ]
