"""The reservoir plan in Word: much of what Word can do that hides text, doubles it, or moves it elsewhere."""

from io import BytesIO

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook

from document import Document
from package import tidied
from reservoir import (
    CHANGED,
    DATES,
    FOOTNOTE,
    GOVERNANCE,
    LEAD,
    LINK,
    REVIEW,
    SECTIONS,
    STATUSES,
    TITLE,
    Item,
    expected,
    words,
)
from word import base, element, fill, icon, is_header, landscape, paragraph, say, widths

STATUS_COLUMNS = [f"Status at {day}" for day in DATES]
ELSEWHERE = ["No.", "Due", *STATUS_COLUMNS, "Commentary"]
INSIDE = ["No.", "Theme", "Recommendation", "Due", *STATUS_COLUMNS, "Commentary"]
STAMP = {"author": "Reviewer", "date": "2022-12-20T10:00:00Z"}
OBJECT_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' + nsdecls("w", "r")
)


def tracked(made, kind: str, text: str, number: int) -> None:
    """Words that were put in, or taken out, with changes tracked."""
    change = element(f"w:{kind}", id=str(number), **STAMP)
    run = element("w:r")
    words = element("w:delText" if kind == "del" else "w:t")
    words.text = text
    run.append(words)
    change.append(run)
    made._p.append(change)


def link(made, text: str, address: str) -> None:
    relation = made.part.relate_to(address, RT.HYPERLINK, is_external=True)
    found = parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:rPr><w:color w:val="0563C1"/>'
        f'<w:u w:val="single"/></w:rPr><w:t>{text}</w:t></w:r></w:hyperlink>'
    )
    made._p.append(found)


def footnote(document, made, text: str) -> None:
    """A footnote; python-docx knows none, so that the part is written whole."""

    def note(number: int, kind: str, inside: str) -> str:
        return f'<w:footnote w:id="{number}"{kind}><w:p><w:r>{inside}</w:r></w:p></w:footnote>'

    blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>'
        + note(-1, ' w:type="separator"', "<w:separator/>")
        + note(0, ' w:type="continuationSeparator"', "<w:continuationSeparator/>")
        + note(1, "", f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t>')
        + "</w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)
    run = made.add_run()
    run.font.superscript = True
    run._r.append(element("w:footnoteReference", id="1"))


def embedded(document, made) -> None:
    """A workbook inside the document, shown as a picture of a sheet of paper."""
    workbook, saved = Workbook(), BytesIO()
    workbook.active.append(["Siren", "Heard"])
    workbook.save(saved)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = PackURI("/word/embeddings/Microsoft_Excel_Worksheet1.xlsx")
    part = Part(name, kind, tidied(saved.getvalue()), document.part.package)
    package = document.part.relate_to(part, RT.PACKAGE)
    image, _ = document.part.get_or_add_image(icon())
    made.add_run()._r.append(
        parse_xml(
            f'<w:object {OBJECT_NAMESPACES} w:dxaOrig="960" w:dyaOrig="960">'
            f'<v:shape id="icon1" style="width:32pt;height:32pt"><v:imagedata r:id="{image}" o:title=""/></v:shape>'
            '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="icon1" DrawAspect="Icon" ObjectID="_1" '
            f'r:id="{package}"/></w:object>'
        )
    )


def choice(cell, text: str, *, asks: bool = False, number: int) -> None:
    """Puts a cell's text into a drop-down list; one that `asks` still shows what Word shows before a choice."""
    made = cell.paragraphs[0]
    values = "".join(f'<w:listItem w:value="{status}"/>' for status, _ in STATUSES)
    made._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Status"/><w:id w:val="{number}"/>'
            + ("<w:showingPlcHdr/>" if asks else "")
            + f"<w:dropDownList>{values}</w:dropDownList></w:sdtPr>"
            + f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )


def whole_cell_choice(cell) -> None:
    """Puts the cell itself into a content control, as Word does when one covers all of it."""
    control = parse_xml(f'<w:sdt {nsdecls("w")}><w:sdtPr><w:id w:val="99"/></w:sdtPr><w:sdtContent/></w:sdt>')
    cell._tc.addprevious(control)
    control.find(qn("w:sdtContent")).append(cell._tc)


def numbered_from(document, start: int) -> int:
    """A list of Word's own numbers, which stand in no text; its id."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    shape = numbering.num_having_numId(style).abstractNumId.val
    made = numbering.add_num(shape)
    made.add_lvlOverride(0).add_startOverride(start)
    return made.numId


def text_between(document, items: list[Item], automatic: bool) -> None:
    """Recommendations as paragraphs above the table, numbered by hand or by Word."""
    number = numbered_from(document, items[0].number) if automatic else None
    for item in items:
        for n, line in enumerate(item.text):
            style = "List Bullet 2" if line.startswith("-- ") else "List Bullet" if line.startswith("- ") else None
            if n == 0 and automatic:
                made = document.add_paragraph(words(line), "List Number")
                made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            else:
                made = document.add_paragraph(f"{item.number}. {line}" if n == 0 else words(line), style)


def commentary(document, cell, item: Item) -> None:
    lines = item.comment
    if item.number == 8:
        # What follows the first line is a table in the cell.
        say(cell, lines[0])
        inner = cell.add_table(rows=0, cols=2)
        inner.style = "Table Grid"
        for year, count in zip(lines[1::2], lines[2::2]):
            for part, text in zip(inner.add_row().cells, [year, count]):
                say(part, text)
        cell.add_paragraph()
        return
    for n, line in enumerate(lines):
        made = paragraph(cell, n == 0)
        if item.number == CHANGED[0] and n == 0:
            before, _, after = line.partition(CHANGED[2])
            made.add_run(before)
            tracked(made, "del", CHANGED[1], 1)
            tracked(made, "ins", CHANGED[2], 2)
            made.add_run(after)
        elif item.number == LINK[0]:
            before, _, after = line.partition(LINK[1])
            made.add_run(before)
            link(made, LINK[1], LINK[2])
            made.add_run(after)
        else:
            made.add_run(line)
        if item.number == FOOTNOTE[0]:
            footnote(document, made, FOOTNOTE[1])
    if item.evidence:
        embedded(document, cell.add_paragraph())


def header(table, columns: list[str], *, repeats: bool = True) -> None:
    row = table.add_row()
    for cell, name in zip(row.cells, columns):
        say(cell, name, bold=True)
        fill(cell, "D9D9D9")
    if repeats:
        is_header(row)


def owner_table(document, items: list[Item], inside: bool) -> None:
    columns = INSIDE if inside else ELSEWHERE
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    header(table, columns)
    theme, themes = "", {}
    for item in items:
        if item.theme != theme and not inside:
            if item.number == 3:
                # The header once more, typed.
                header(table, columns, repeats=False)
            band = table.add_row().cells
            merged = band[0].merge(band[-1])
            say(merged, item.theme, bold=True)
            fill(merged, "DEEAF6")
        row = table.add_row().cells
        # Under "Theme" the word stands once, in a cell merged down.
        if inside:
            themes.setdefault(item.theme, []).append(row[1])
            if item.theme != theme:
                say(row[1], item.theme)
            say(row[2], item.text[0])
        theme = item.theme
        say(row[0], str(item.number))
        for cell, text in zip(row[-4:-1], [item.due, item.june, item.december]):
            if text and item.number != 9:
                say(cell, text)
        if item.number == 9:
            say(row[-4], item.due)
            choice(row[-3], item.june, number=11)
            choice(row[-2], item.december, number=12)
        if item.number == 10:
            choice(row[-2], "Choose an item.", asks=True, number=13)
        commentary(document, row[-1], item)
    for cells in themes.values():
        if len(cells) > 1:
            merged = cells[0].merge(cells[-1])
            for made in merged.paragraphs[1:]:
                made._p.getparent().remove(made._p)
    widths(table, [1.2, 2.4, 6, 3.2, 2.6, 2.6, 8] if inside else [1.2, 4.4, 3, 3, 14.4])
    if not inside:
        whole_cell_choice(table.rows[2].cells[2])


def small_table(document, rows: list[tuple[str, str]], first: float, second: float) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for n, texts in enumerate(rows):
        for cell, text in zip(table.add_row().cells, texts):
            say(cell, text, bold=n == 0)
    widths(table, [first, second])


def save(path) -> None:
    document = docx.Document()
    base(document)
    landscape(document)
    document.add_paragraph(TITLE, "Title")
    for name, value in [("Lead", LEAD), ("Governance", GOVERNANCE), ("Review date", REVIEW)]:
        document.add_paragraph(f"{name}: {value}")
    document.add_heading("Contents", 1)
    small_table(document, [("Section", "Page"), *((name, str(n)) for n, name in enumerate(SECTIONS, 2))], 12, 2)
    document.add_heading("What the statuses mean", 1)
    small_table(document, [("Status", "Meaning"), *STATUSES], 4, 16)
    for n, (name, (_, items)) in enumerate(SECTIONS.items()):
        document.add_page_break()
        document.add_heading(name, 1)
        inside = n == 2
        if not inside:
            text_between(document, items, automatic=n == 1)
        owner_table(document, items, inside)
        document.add_paragraph()
    document.add_heading("Meetings of the board", 1)
    small_table(
        document, [("Date", "Place"), ("14 March 2023", "Kelder Town Hall"), ("13 June 2023", "By video")], 4, 8
    )
    document.sections[0].footer.paragraphs[0].text = "OFFICIAL"
    document.save(path)


def documents(_: dict[str, Document]) -> list[Document]:
    note = (
        "Owners stand in the headings above the tables, texts in numbered paragraphs between (5 to 7 by Word's own "
        "numbers) and, from 8 on, in the table. Tables that are not the plan: contents, meetings. Left out: the "
        f'tracked deletion {CHANGED[1]!r} of 1, and "Choose an item." of 10.'
    )
    return [Document("layouts.docx", save, expected(is_word=True), note)]
