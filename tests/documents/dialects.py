"""The same plans as other programs and other versions of Office keep them: an import reads all of these."""

import json
import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from document import Document, beside
from office import converter
from package import packed, unpacked
from word import element

MAIN = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}

# What "Strict Open XML" calls its namespaces.
STRICT = [
    (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
    (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"),
]
MACROS = {
    ".docm": ("word", b"wordprocessingml.document.main+xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
    ".xlsm": ("xl", b"spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
}
STAMP = {"id": "900", "author": "Reviewer", "date": "2022-12-20T10:00:00Z"}
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def of(path: Path, name: str) -> dict[str, bytes]:
    """The parts of a document that was made before."""
    return unpacked(beside(path, name).read_bytes())


def relate(parts: dict[str, bytes], owner: str, relation: str) -> None:
    """Adds a relation to those of a part."""
    folder, _, name = owner.rpartition("/")
    key = f"{folder}/_rels/{name}.rels"
    parts[key] = parts[key].replace(b"</Relationships>", relation.encode() + b"</Relationships>")


def strict(name: str):
    """The package with the names of the strict dialect."""

    def write(path: Path) -> None:
        parts = of(path, name)
        for part, data in parts.items():
            if part.endswith((".xml", ".rels")):
                for old, new in STRICT:
                    data = data.replace(old, new)
                parts[part] = data
        path.write_bytes(packed(parts))

    return write


def with_macros(name: str):
    """The document as one that may hold macros, with a part that stands for them."""

    def write(path: Path) -> None:
        parts = of(path, name)
        folder, kind, other = MACROS[path.suffix]
        types = parts["[Content_Types].xml"]
        types = re.sub(rb"application/vnd\.openxmlformats-officedocument\." + re.escape(kind), other, types)
        extra = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        parts["[Content_Types].xml"] = types.replace(b"</Types>", extra)
        parts[f"{folder}/vbaProject.bin"] = OLE + bytes(2040)
        kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        relate(parts, MAIN[Path(name).suffix], f'<Relationship Id="rIdVba" Type="{kind}" Target="vbaProject.bin"/>')
        path.write_bytes(packed(parts))

    return write


def links_outside(path: Path) -> None:
    """A template, a picture and an object that stand on other machines: nothing of them is fetched."""
    parts = of(path, "seed.docx")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for n, (kind, target) in enumerate(
        [
            ("attachedTemplate", "file:///\\\\192.0.2.1\\share\\plan.dotm"),
            ("image", "http://192.0.2.1/pixel.png"),
            ("oleObject", "http://192.0.2.1/object.bin"),
        ]
    ):
        relation = f'<Relationship Id="rIdOut{n}" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
        relate(parts, MAIN[".docx"], relation)
    path.write_bytes(packed(parts))


def wide_dimension(path: Path) -> None:
    """A sheet that says that it reaches to the last cell there is, which it does not."""
    parts = of(path, "seed.xlsx")
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', parts[sheet])
    path.write_bytes(packed(parts))


def in_utf_16(name: str):
    """As Notepad and Excel write what they call Unicode."""

    def write(path: Path) -> None:
        text = beside(path, name).read_bytes().decode("utf-8-sig")
        path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))

    return write


def parts_in_utf_16(name: str):
    """The package with its XML in UTF-16, as the format allows."""

    def write(path: Path) -> None:
        parts = of(path, name)
        for part, data in parts.items():
            if part.startswith("word/") and part.endswith((".xml", ".rels")):
                parts[part] = etree.tostring(etree.fromstring(data), encoding="UTF-16")
        path.write_bytes(packed(parts))

    return write


def marked_up(path: Path) -> None:
    """Changes tracked all over: each line was broken in two and joined again, and a line between was taken out."""
    parts = of(path, "layouts.docx")
    root = parse_xml(parts[MAIN[".docx"]])
    for whole in list(root.iter(qn("w:p"))):
        text = next((run.find(qn("w:t")) for run in whole.iterchildren(qn("w:r"))), None)
        words = (text.text or "").split(" ") if text is not None else []
        if len(words) < 5:
            continue
        before = element("w:p")
        if whole.pPr is not None:
            before.append(deepcopy(whole.pPr))
        mark = element("w:rPr")
        mark.append(element("w:del", **STAMP))
        before.get_or_add_pPr().append(mark)
        before.append(deepcopy(text.getparent()))
        before.r_lst[0].text = " ".join(words[:2])
        text.text = " " + " ".join(words[2:])
        text.set(qn("xml:space"), "preserve")
        gone = deepcopy(before)
        change, run = element("w:del", **STAMP), gone.r_lst[0]
        gone.replace(run, change)
        change.append(run)
        run.find(qn("w:t")).tag = qn("w:delText")
        whole.addprevious(before)
        whole.addprevious(gone)
    parts[MAIN[".docx"]] = etree.tostring(root)
    path.write_bytes(packed(parts))


def noted_twice(path: Path) -> None:
    """A footnote that is referred to once more: it has one number, and is told once."""
    parts = of(path, "layouts.docx")
    root = parse_xml(parts[MAIN[".docx"]])
    reference = next(root.iter(qn("w:footnoteReference"))).getparent()
    reference.addnext(deepcopy(reference))
    parts[MAIN[".docx"]] = etree.tostring(root)
    path.write_bytes(packed(parts))


def renamed(document: Document) -> Document:
    """LibreOffice gives embedded files names of its own."""
    facts = json.dumps(document.expected).replace("Microsoft_Excel_Worksheet1.xlsx", "oleObject1.xlsx")
    return replace(document, expected=json.loads(facts))


def or_refused(document: Document) -> Document:
    """Where a program that cannot read it may say so, but may not take it for an empty one."""
    return replace(document, expected=document.expected and document.expected | {"either": True})


def documents(before: dict[str, Document]) -> list[Document]:
    def like(name: str, other: str, write, note: str = "") -> Document:
        source = before.get(other, Document(other, write))
        return Document(name, write, source.expected, note or source.note)

    return [
        like("strict.docx", "seed.docx", strict("seed.docx"), "Strict Open XML, by its namespaces."),
        or_refused(like("strict.xlsx", "seed.xlsx", strict("seed.xlsx"), "Strict Open XML, by its namespaces.")),
        like("macros.docm", "seed.docx", with_macros("seed.docx"), "Its macros are not read, and that is said."),
        like("macros.xlsm", "seed.xlsx", with_macros("seed.xlsx"), "Its macros are not read, and that is said."),
        like("links-outside.docx", "seed.docx", links_outside, "Nothing is fetched from elsewhere."),
        like("wide-dimension.xlsx", "seed.xlsx", wide_dimension, "The sheet says that it has 16,384 columns."),
        like("utf-16.txt", "seed.txt", in_utf_16("seed.txt"), "UTF-16, with a byte order mark."),
        like("utf-16.csv", "tracker.csv", in_utf_16("tracker.csv"), "UTF-16, with a byte order mark."),
        like("layouts-utf-16.docx", "layouts.docx", parts_in_utf_16("layouts.docx"), "Its XML is in UTF-16."),
        like("noted-twice.docx", "layouts.docx", noted_twice, "A footnote is referred to twice."),
        like("marked-up.docx", "layouts.docx", marked_up, "Tracked changes joined paragraphs."),
        renamed(like("marked-up-libreoffice.docx", "layouts.docx", converter("marked-up.docx", "docx"))),
        renamed(like("layouts-libreoffice.docx", "layouts.docx", converter("layouts.docx", "docx"))),
        like("colours-libreoffice.docx", "colours.docx", converter("colours.docx", "docx")),
        like("colours-libreoffice.xlsx", "colours.xlsx", converter("colours.xlsx", "xlsx")),
    ]
