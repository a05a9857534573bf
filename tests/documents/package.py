"""Makes the zip files of Word and Excel the same whenever they are made, and compares them by what is in them."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
# When a document was made or changed, in its properties.
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?(?=</(dcterms|meta|dc):)")


def tidy(path: Path) -> None:
    """Takes the time of day out of a package."""
    path.write_bytes(tidy_bytes(path.read_bytes()))


def tidy_bytes(package: bytes) -> bytes:
    with ZipFile(BytesIO(package)) as given:
        parts = [(info.filename, given.read(info)) for info in given.infolist()]
    tidied = BytesIO()
    with ZipFile(tidied, "w", ZIP_DEFLATED) as package:
        for name, data in parts:
            if name.endswith((".xml", ".rels")):
                data = MOMENT.sub(b"2024-10-01T09:00:00Z", data)
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, data)
    return tidied.getvalue()


def parts(path: Path) -> dict[str, bytes]:
    """What is in a file; of what is no package, its bytes."""
    if path.suffix not in {".docx", ".xlsx"}:
        return {"": path.read_bytes()}
    with ZipFile(path) as package:
        return {info.filename: package.read(info) for info in package.infolist()}
