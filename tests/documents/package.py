"""The zip files that Word and Excel documents are: the same whenever they are made, compared by what is in them."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
# When a document was made or changed, in its properties.
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?(?=</(dcterms|meta|dc):)")


def unpacked(package: bytes) -> dict[str, bytes]:
    """Its parts, in their order."""
    with ZipFile(BytesIO(package)) as given:
        return {info.filename: given.read(info) for info in given.infolist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of these parts, without a time."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(entry(name), data)
    return made.getvalue()


def entry(name: str) -> ZipInfo:
    """What an archive says of a part: its name, and nothing of the machine."""
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def tidied(package: bytes) -> bytes:
    """The package without the times at which it was made."""
    is_xml = (".xml", ".rels")
    return packed(
        {
            name: MOMENT.sub(b"2024-10-01T09:00:00Z", data) if name.endswith(is_xml) else data
            for name, data in unpacked(package).items()
        }
    )


def content(path: Path) -> dict[str, bytes]:
    """What is in a file; of what is no package, its bytes."""
    data = path.read_bytes()
    return unpacked(data) if path.suffix in {".docx", ".xlsx"} else {"": data}
