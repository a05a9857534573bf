"""The plan as a Word file in the layout of the source, written with python-docx: one table that its pages cut."""

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from document import Document
from pages import BEGIN_A_PAGE, paged_rows
from plan import Block, expected, head
from seed_text import ITALIC, UNDERLINED
from word import base, fill, icon, is_header, landscape, paragraph, say, widths

COLUMNS = ["Recommendation", "Owner", "Update", "RAG", "Status"]
WIDTHS = [9.3, 3.6, 9.0, 1.6, 2.4]
COLOURS = {"red": "FF0000", "amber": "FFC000", "green": "00B050"}

# Rows of which cells are merged down over all their pages, by column.
MERGED_DOWN = {"14": [1], "25": [0, 1, 3, 4]}


def runs(made, text: str) -> None:
    """Adds a text to a paragraph, with its underlined words and its italics."""
    for words in UNDERLINED + ITALIC:
        before, found, after = text.partition(words)
        if found:
            made.add_run(before)
            run = made.add_run(words)
            run.underline, run.italic = words in UNDERLINED or None, words in ITALIC or None
            text = after
    made.add_run(text)


def write(cell, blocks: list[Block], *, arrows: bool = False) -> None:
    """A list is Word's own in a recommendation; in an update its arrows are typed."""
    for n, block in enumerate(blocks):
        if block.kind == "file":
            made = paragraph(cell, n == 0)
            made.add_run().add_picture(icon(), width=Cm(0.9))
            made = cell.add_paragraph()
            made.add_run(block.text).font.size = Pt(8)
        elif block.kind == "li" and not block.goes_on and arrows:
            made = paragraph(cell, n == 0)
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(0.6), Cm(-0.6)
            runs(made, f"➤\t{block.text}")
        else:
            is_item = block.kind == "li" and not block.goes_on
            runs(paragraph(cell, n == 0, "List Bullet" if is_item else None), block.text)


def header(table, *, repeats: bool) -> None:
    row = table.add_row()
    for cell, name in zip(row.cells, COLUMNS):
        say(cell, name, bold=True, colour="FFFFFF")
        fill(cell, "1F3864")
    if repeats:
        is_header(row)


def plan_table(document) -> None:
    table = document.add_table(rows=0, cols=len(COLUMNS), style="Table Grid")
    header(table, repeats=True)
    for row in paged_rows():
        if row.id in BEGIN_A_PAGE:
            # Somebody typed the header again where a page begins.
            header(table, repeats=False)
        made = []
        for page, (text, update) in enumerate(row.pages):
            cells = table.add_row().cells
            made.append(cells)
            if page == 0:
                text = [Block("p", f"{row.printed}. {text[0].text}"), *text[1:]]
                say(cells[1], row.owner).underline = True
                say(cells[3], row.rag)
                say(cells[4], row.status)
            if row.id == "21" and page == 1:
                # The last item of the list became a paragraph with a number.
                text = [text[0], Block("p", f"2. {text[1].text}")]
            write(cells[0], text)
            write(cells[2], [Block("p", ".")] if row.id == "3" else update, arrows=True)
        for column in MERGED_DOWN.get(row.id, []):
            made[0][column].merge(made[-1][column])
            drop_blank(made[0][column])
    widths(table, WIDTHS)


def drop_blank(cell) -> None:
    """Takes away the empty paragraphs that merging brings along."""
    for made in cell.paragraphs[1:]:
        if not made.text:
            made._p.getparent().remove(made._p)


def head_table(document, plan: dict) -> None:
    table = document.add_table(rows=4, cols=2, style="Table Grid")
    title = table.cell(0, 0).merge(table.cell(0, 1))
    drop_blank(title)
    say(title, plan["title"], bold=True, size=16)
    title.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    fill(title, "D9E2F3")
    for n, (name, value) in enumerate([("Lead", plan["lead"]), ("Governance", plan["governance"])], 1):
        say(table.cell(n, 0), name, bold=True)
        say(table.cell(n, 1), value)
    say(table.cell(3, 0), "Review Date", bold=True)
    date = plan["review_date"]
    say(table.cell(3, 1), str(date.day))
    say(table.cell(3, 1), "th").font.superscript = True
    say(table.cell(3, 1), f" {date:%B %Y}")
    widths(table, [4, 12])


def definitions(document, name: str, words: list[tuple[str, str, str]]) -> None:
    """A table of words and what they mean, each with the colour of its cell."""
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, [name, "POSITION"]):
        say(cell, text, bold=True)
        fill(cell, "D9D9D9")
    for word, meaning, colour in words:
        cells = table.add_row().cells
        say(cells[0], word, bold=bool(colour))
        say(cells[1], meaning)
        if colour:
            fill(cells[0], colour)
    widths(table, [4, 16])


def save(path) -> None:
    plan = head()
    document = docx.Document()
    base(document)
    landscape(document)
    for priority in plan["priorities"]:
        made = document.add_paragraph(priority)
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head_table(document, plan)
    document.add_paragraph()
    plan_table(document)
    levels = [(level["name"].upper(), level["meaning"], COLOURS[level["colour"]]) for level in plan["rag"]]
    definitions(document, "RAG", levels)
    definitions(document, "Status", [(status["name"], status["meaning"], "") for status in plan["status"]])
    document.sections[0].footer.paragraphs[0].text = "OFFICIAL"
    document.save(path)


def documents(_: dict[str, Document]) -> list[Document]:
    return [Document("seed.docx", save, expected())]
