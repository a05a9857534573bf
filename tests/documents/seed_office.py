"""The plan as LibreOffice writes it: Word from a page of HTML, with automatic numbers, and Excel."""

import tempfile
from html import escape
from pathlib import Path

from document import Document
from office import convert, converter
from pages import BEGIN_A_PAGE, paged_rows
from plan import Block, Row, expected, head
from seed_word import COLOURS, COLUMNS, MERGED_DOWN

# Percent of the page.
WIDTHS = [34, 13, 36, 7, 10]


def cell(blocks: list[Block], number: str = "") -> str:
    """A cell's blocks; the first may have a number that LibreOffice counts, as is the last of row 21's list."""
    html = ""
    for n, block in enumerate(blocks):
        text = escape(block.text)
        if n == 0 and number:
            html += f'<ol start="{number}"><li>{text}</li></ol>'
        elif block.kind == "li" and not block.goes_on:
            html += f"<ul><li>{text}</li></ul>"
        else:
            html += f"<p>{text}</p>"
    return html.replace("</ul><ul>", "")


def rows_of(row: Row) -> str:
    html = ""
    merged = MERGED_DOWN.get(row.id, [])
    for page, (text, update) in enumerate(row.pages):
        first = page == 0
        if row.id == "21" and not first:
            words = cell(text[:1]) + cell([Block("p", text[1].text)], "2")
        else:
            words = cell(text, row.printed if first else "")
        done = "<p>.</p>" if row.id == "3" else cell(update)
        owner = f"<p><u>{escape(row.owner)}</u></p>" if first else ""
        cells = [words, owner, done, row.rag if first else "", row.status if first else ""]
        html += "<tr valign=top>"
        for column, inside in enumerate(cells):
            if column in merged and not first:
                continue
            down = f' rowspan="{len(row.pages)}"' if column in merged else ""
            html += f"<td{down}>{inside or '<p></p>'}</td>"
        html += "</tr>\n"
    return html


def header() -> str:
    return "<tr>" + "".join(f'<th bgcolor="#d9d9d9">{name}</th>' for name in COLUMNS) + "</tr>\n"


def definitions(name: str, words: list[tuple[str, str, str]]) -> str:
    html = f"<p></p><table border=1 width=80%><tr><th>{name}</th><th>POSITION</th></tr>\n"
    for word, meaning, colour in words:
        shade = f' bgcolor="#{colour}"' if colour else ""
        html += f"<tr><td{shade}>{word}</td><td>{escape(meaning)}</td></tr>\n"
    return html + "</table>\n"


def page() -> str:
    plan = head()
    date = plan["review_date"]
    html = "<html><head><meta charset=utf-8><style>@page { size: 29.7cm 21cm; margin: 1.8cm }"
    html += " p, li, td, th { font-family: Arial; font-size: 9pt; margin: 0 0 3pt 0 }</style></head><body>\n"
    html += "<table border=1 width=100%><tr>"
    html += "".join(f'<td bgcolor="#dae3f3"><p align=center>{words}</p></td>' for words in plan["priorities"])
    html += f"</tr></table>\n<h1>{escape(plan['title'])}</h1>\n<table border=1 width=60%>"
    about = {"Lead": plan["lead"], "Governance": plan["governance"], "Review Date": f"{date.day}th {date:%B %Y}"}
    html += "".join(f"<tr><td><b>{name}</b></td><td>{value}</td></tr>" for name, value in about.items())
    html += "</table>\n<p></p>\n<table border=1 width=100%>"
    html += "".join(f'<col width="{width}%">' for width in WIDTHS)
    html += f"<thead>{header()}</thead><tbody>\n"
    for row in paged_rows():
        if row.id in BEGIN_A_PAGE:
            html += header()
        html += rows_of(row)
    html += "</tbody></table>\n"
    html += definitions("RAG", [(r["name"].upper(), r["meaning"], COLOURS[r["colour"]]) for r in plan["rag"]])
    html += definitions("Status", [(status["name"], status["meaning"], "") for status in plan["status"]])
    return html + "</body></html>\n"


def save(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "plan.html")
        source.write_text(page(), "utf-8")
        convert(source, "docx:MS Word 2007 XML", path, reads="HTML (StarWriter)")


def documents(_: dict[str, Document]) -> list[Document]:
    note = "The numbers before the recommendations are in numbering.xml, and in no text."
    return [
        Document("seed-libreoffice.docx", save, expected(has_priorities=False), note),
        Document("seed-libreoffice.xlsx", converter("seed.xlsx", "xlsx"), expected(has_priorities=False)),
    ]
