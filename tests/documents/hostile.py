"""Files that were made to do harm, are broken, or are of a kind that is not read. None may hang or fill the memory."""

import csv
import io
import random
import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from dialects import MAIN, OLE, of, relate
from document import CannotMake, Document, beside
from office import converter
from package import entry, packed

MIB = 1 << 20
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def docx_of(body: str, before: str = ""):
    """A Word file whose text is this XML, with what may stand before its root."""

    def write(path: Path) -> None:
        parts = of(path, "seed.docx")
        root = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        document = f'<?xml version="1.0" encoding="UTF-8"?>{before}{root}'
        path.write_bytes(packed(parts | {MAIN[".docx"]: document.encode()}))

    return write


def cells(texts: list[str]) -> str:
    row = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr>{row}</w:tr>"


def sheet_of(data: str, after: str = ""):
    """A workbook whose first sheet holds this XML."""

    def write(path: Path) -> None:
        parts = of(path, "seed.xlsx")
        sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData>{after}</worksheet>'
        path.write_bytes(packed(parts | {"xl/worksheets/sheet1.xml": sheet.encode()}))

    return write


def column(n: int) -> str:
    """The letters of a column, from 0."""
    letters = ""
    while n >= 0:
        letters = chr(ord("A") + n % 26) + letters
        n = n // 26 - 1
    return letters


def wide(columns: int):
    row = "".join(f'<c r="{column(n)}1" t="inlineStr"><is><t>Column {n + 1}</t></is></c>' for n in range(columns))
    return sheet_of(f'<row r="1">{row}</row>')


HEADER = "".join(
    f'<c r="{column(n)}1" t="inlineStr"><is><t>{name}</t></is></c>'
    for n, name in enumerate(["No.", "Recommendation", "Owner", "Status"])
)
FIRST = '<c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Mend it.</t></is></c>'
PLAIN_SHEET = f'<row r="1">{HEADER}</row><row r="2">{FIRST}</row>'


def bomb(name: str, part: str, size: int):
    """One part that unpacks to so many bytes."""

    def write(path: Path) -> None:
        parts = of(path, name)
        with ZipFile(path, "w", ZIP_DEFLATED) as package:
            for other, data in parts.items():
                if other != part:
                    package.writestr(entry(other), data)
            with package.open(entry(part), "w") as stream:
                stream.write(parts[part])
                for _ in range(size // MIB):
                    stream.write(b" " * MIB)

    return write


def many_entries(path: Path) -> None:
    parts = of(path, "seed.docx")
    path.write_bytes(packed(parts | {f"customXml/item{n}.xml": b"<a/>" for n in range(2, 30_002)}))


def overlapping(path: Path) -> None:
    """A directory of thousands of names for one and the same packed part: small, and endless to unpack."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr(entry("word/document.xml"), b" " * (10 * MIB))
    packed_once = made.getvalue()
    end = packed_once.rindex(b"PK\x05\x06")
    at = packed_once.index(b"PK\x01\x02")
    record = packed_once[at:end]
    length = struct.unpack_from("<H", record, 28)[0]
    names = (f"word/p{n}.xml".encode() for n in range(10_000))
    records = [
        record[:28] + struct.pack("<H", len(name)) + record[30:46] + name + record[46 + length :] for name in names
    ]
    directory = record + b"".join(records)
    count = len(records) + 1
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
    path.write_bytes(packed_once[:at] + directory + tail)


def lying_size(path: Path) -> None:
    """A part of 64 MiB of which the archive says that it has 100 bytes."""
    bomb("seed.docx", MAIN[".docx"], 64 * MIB)(path)
    data = bytearray(path.read_bytes())
    name = MAIN[".docx"].encode()
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02"))
    while data[at + 46 : at + 46 + len(name)] != name:
        at = data.index(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", data, at + 24, 100)
    path.write_bytes(data)


def locked_entries(path: Path) -> None:
    """Every entry marked as encrypted with the archive's own kind of password."""
    data = bytearray(beside(path, "seed.docx").read_bytes())
    for mark, flags in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)


def encrypted(name: str):
    """With a password, as Office does it: an OLE file around the encrypted package."""

    def write(path: Path) -> None:
        try:
            from msoffcrypto.format.ooxml import OOXMLFile
        except ModuleNotFoundError as error:
            raise CannotMake(f"there is no Python package {error.name}") from None
        with beside(path, name).open("rb") as source, path.open("wb") as out:
            OOXMLFile(source).encrypt("not-a-secret", out)

    return write


def relation_away(path: Path) -> None:
    """The main document is said to stand on another machine."""
    parts = of(path, "seed.docx")
    rels = parts["_rels/.rels"].replace(
        b'Target="word/document.xml"', b'Target="http://192.0.2.1/d.xml" TargetMode="External"'
    )
    path.write_bytes(packed(parts | {"_rels/.rels": rels}))


def relation_up(path: Path) -> None:
    """A part is said to stand above the archive."""
    parts = of(path, "seed.docx")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relate(parts, MAIN[".docx"], f'<Relationship Id="rIdUp" Type="{kind}" Target="../../../../etc/passwd"/>')
    parts["../../../../tmp/out.xml"] = b"<a/>"
    path.write_bytes(packed(parts))


def start_of(name: str, share: float):
    def write(path: Path) -> None:
        data = beside(path, name).read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return write


def bytes_of(data: bytes):
    return lambda path: path.write_bytes(data)


def table_of(rows: list[list[str]]):
    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    return write


JUNK = random.Random(1).randbytes(65_536)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
NAMES = ["No.", "Recommendation", "Owner", "Status"]
ODD_NUMBERS = ["../../../../etc/cron.d/x", "CON", "/", "..", "1\n2", "7" * 5000, "\u202e7", "=1+1", "Ünïcode 7", "-"]


def refused() -> list[tuple]:
    """Name, what writes it, and why it must be refused."""
    doctype = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    laughs = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'
    word = "It is an old Word file: save it as .docx."
    return [
        ("bomb.docx", bomb("seed.docx", MAIN[".docx"], 512 * MIB), "A part unpacks to 512 MiB."),
        ("bomb.xlsx", bomb("seed.xlsx", "xl/worksheets/sheet1.xml", 512 * MIB), "A sheet unpacks to 512 MiB."),
        ("overlapping.docx", overlapping, "Ten thousand names for the same 10 MiB."),
        ("lying-size.docx", lying_size, "A part is larger than the archive says."),
        ("many-entries.docx", many_entries, "It has more than 30,000 parts."),
        ("wide-1001.xlsx", wide(1001), "It has 1,001 columns."),
        ("wide-16384.xlsx", wide(16_384), "It has 16,384 columns."),
        ("wide-1500.csv", table_of([[f"Column {n}" for n in range(1500)]]), "It has 1,500 columns."),
        (
            "far-cell.xlsx",
            sheet_of(PLAIN_SHEET + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "A cell in the last column there is.",
        ),
        (
            "deep.docx",
            docx_of("<w:sdt><w:sdtContent>" * 50_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 50_000),
            "Elements nested 100,000 deep.",
        ),
        ("deep.xlsx", sheet_of("<row>" * 100_000 + "</row>" * 100_000), "Elements nested 100,000 deep."),
        (
            "entity.docx",
            docx_of("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", doctype),
            "An entity names a file of this machine.",
        ),
        (
            "laughs.docx",
            docx_of("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", laughs),
            "Entities that grow to a billion words.",
        ),
        ("main-outside.docx", relation_away, "Its text stands on another machine."),
        ("locked-entries.docx", locked_entries, "Its entries are encrypted."),
        ("encrypted.docx", encrypted("seed.docx"), "It has a password: save it without one."),
        ("encrypted.xlsx", encrypted("seed.xlsx"), "It has a password: save it without one."),
        ("old.doc", converter("seed.docx", "doc"), word),
        ("old-renamed.docx", converter("seed.docx", "doc"), word),
        ("old.xls", converter("seed.xlsx", "xls"), "It is an old Excel file: save it as .xlsx."),
        ("printed.pdf", converter("seed.docx", "pdf"), "It is a PDF: ask for the .docx."),
        ("open.odt", converter("seed.docx", "odt"), "It is an OpenDocument text: save it as .docx."),
        ("open.ods", converter("seed.xlsx", "ods"), "It is an OpenDocument spreadsheet: save it as .xlsx."),
        ("rich.rtf", converter("seed.docx", "rtf"), "It is RTF: save it as .docx."),
        ("page.xls", bytes_of(b"<html><body><table><tr><td>No.</td></tr></table></body></html>"), "It is a web page."),
        ("truncated.docx", start_of("seed.docx", 0.5), "It is cut off."),
        ("truncated.xlsx", start_of("seed.xlsx", 0.9), "It is cut off."),
        ("truncated-inside.docx", truncated_inside, "The XML of its text ends in the middle."),
        ("zip-alone.docx", bytes_of(packed({"notes.txt": b"Not a document."})), "It is an archive of something else."),
        ("no-parts.xlsx", bytes_of(packed({})), "It is an archive with nothing in it."),
        *((f"empty.{kind}", bytes_of(b""), "It is empty.") for kind in ["docx", "xlsx", "csv", "txt"]),
        ("blank.txt", bytes_of(b" \r\n\t\r\n \n"), "There is nothing in it."),
        *(
            (f"junk.{kind}", bytes_of(JUNK), "It is of no kind that is known.")
            for kind in ["docx", "xlsx", "csv", "txt"]
        ),
        ("junk-ole.docx", bytes_of(OLE + JUNK), "It begins as an old Office file, and is none."),
        ("junk-zip.xlsx", bytes_of(b"PK\x03\x04" + JUNK), "It begins as an archive, and is none."),
        ("no-plan.docx", docx_of("<w:p><w:r><w:t>A letter, with no table.</w:t></w:r></w:p>"), "It has no table."),
    ]


def truncated_inside(path: Path) -> None:
    parts = of(path, "seed.docx")
    name = MAIN[".docx"]
    path.write_bytes(packed(parts | {name: parts[name][: len(parts[name]) // 2]}))


def either() -> list[tuple]:
    """Name, what writes it, and what is odd: it may be read or refused, as long as it ends soon and says so."""
    table = f"<w:tbl>{cells(NAMES)}{cells(['1', 'Mend it.', 'Estates', 'Open'])}</w:tbl>"
    span = table.replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>', 1)
    inner = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    long = "word " * 400_000
    merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(3, 5_003))
    return [
        (
            "part-above.docx",
            relation_up,
            "A part is said to stand above the archive: nothing outside is read or written.",
        ),
        ("wide-span.docx", docx_of(span), "A cell covers two thousand million columns."),
        ("nested-tables.docx", docx_of(inner), "Tables nested 60 deep."),
        (
            "many-merged.xlsx",
            sheet_of(PLAIN_SHEET, f"<mergeCells>{merges}</mergeCells>"),
            "Thousands of merged cells that reach to the last cell there is, over one another.",
        ),
        ("many-rows.csv", table_of([NAMES, *([str(n), "Do.", "Estates", ""] for n in range(20_000))]), "20,000 rows."),
        ("long-cell.csv", table_of([NAMES, ["1", long, "Estates", ""]]), "A text of two million characters."),
        (
            "odd-numbers.csv",
            table_of([NAMES, *([number, "Do.", "Estates", ""] for number in ODD_NUMBERS)]),
            "Numbers that no file may be named after as they stand.",
        ),
        (
            "control.csv",
            table_of([NAMES, ["1", "Do \x1b[31mit\x07 \u202enow\x00.", "Est\x1bates", "Open\x08"]]),
            "Control characters in its cells: none may reach a terminal or a file.",
        ),
        (
            "deep-cell.csv",
            table_of([NAMES, ["1", "<ul>" * 100_000 + "<li>x", "Estates", ""]]),
            "HTML nested 100,000 deep.",
        ),
        (
            "struck.csv",
            table_of([NAMES, ["1", "<s>" + "<b>" * 100_000 + "</i>" * 100_000 + "x", "Estates", ""]]),
            "Text that is struck through, with elements in it that nothing opens or closes.",
        ),
        (
            "labels.csv",
            table_of([NAMES, ["1", "Do.", "A. Lead: " * 50_000 + "(TBC)? " * 50_000, ""]]),
            "Owners with 50,000 labels, and as many doubts.",
        ),
        (
            "entries.csv",
            table_of([[*NAMES, "Update"], ["1", "Do.", "Estates", "", "01/12/2025 - First. " * 40_000]]),
            "An update of 40,000 entries on one line.",
        ),
        (
            "keys.csv",
            table_of([NAMES, *(row for _ in range(10_000) for row in (["RAG", "Meaning"], ["R", "Late"]))]),
            "Tables of what RAG means, one below the other.",
        ),
        (
            "quotes.csv",
            bytes_of(b'No.,Recommendation,Owner\n1,"never closed,Estates\n2,Do.,Estates\n'),
            "A quotation mark that is never closed.",
        ),
    ]


def documents(_: dict[str, Document]) -> list[Document]:
    no = [Document(name, write, None, why) for name, write, why in refused()]
    return no + [Document(name, write, {"either": True}, why) for name, write, why in either()]
