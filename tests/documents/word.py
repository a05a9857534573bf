"""Small things that python-docx has no call for."""

import struct
import zlib
from io import BytesIO

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor


def element(name: str, **attributes: str):
    """`element("w:shd", fill="FF0000")`; attributes are of Word's namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def fill(cell, colour: str, **theme: str) -> None:
    """Shades a cell; `themeFill="accent1", themeFillTint="66"` besides."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour, **theme))


def is_header(row) -> None:
    """Has the row repeated on every page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def say(cell, text: str, *, bold: bool = False, colour: str = "", size: float = 0):
    """Writes a cell's one paragraph."""
    run = cell.paragraphs[0].add_run(text)
    run.bold = bold or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if size:
        run.font.size = Pt(size)
    return run


def paragraph(cell, is_first: bool, style: str | None = None):
    """The first paragraph of a cell, or another below."""
    made = cell.paragraphs[0] if is_first else cell.add_paragraph()
    if style:
        made.style = style
    return made


def widths(table, centimetres: list[float]) -> None:
    table.autofit = False
    for n, width in enumerate(centimetres):
        table.columns[n].width = Cm(width)
        for cell in table.columns[n].cells:
            cell.width = Cm(width)


def landscape(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)


def base(document, size: float = 10) -> None:
    """A plain sans serif throughout, set close."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(size)
    normal.element.rPr.rFonts.set(qn("w:cs"), "Arial")
    normal.paragraph_format.space_after = Pt(4)


def icon() -> BytesIO:
    """A picture of a sheet of paper, as an embedded file is shown."""
    sheet, edge, ink = b"\xff\xff\xff", b"\x2b\x57\x9a", b"\x9a\xb3\xd5"
    size = 32
    lines = []
    for y in range(size):
        pixels = [
            edge if x < 4 or x > 27 or y in (0, 31) else ink if y % 6 == 5 and 8 < x < 24 else sheet
            for x in range(size)
        ]
        lines.append(b"\0" + b"".join(pixels))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"".join(lines)))
        + chunk(b"IEND", b"")
    )
