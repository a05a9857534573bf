"""LibreOffice, without a window."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from document import CannotMake, beside

SECONDS = 180


def convert(source: Path, to: str, path: Path, *, reads: str = "") -> None:
    """Converts a file to what `--convert-to` calls `to` ("docx", "ods"), reading it by a filter, and to a path."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CannotMake("there is no LibreOffice (libreoffice-writer-nogui, libreoffice-calc-nogui)")
    with tempfile.TemporaryDirectory() as folder:
        # A profile of its own: one that is open elsewhere would make the program end at once.
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += [f"--infilter={reads}"] if reads else []
        command += ["--convert-to", to, "--outdir", folder, str(source)]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise CannotMake(f"LibreOffice did not convert it in {SECONDS} seconds") from None
        made = Path(folder, f"{source.stem}.{to.partition(':')[0]}")
        if not made.exists():
            raise CannotMake(f"LibreOffice did not convert it: {run.stderr.strip() or run.stdout.strip()}")
        shutil.copyfile(made, path)


def converter(name: str, to: str, **how):
    """What writes a document by converting one that stands beside it."""
    return lambda path: convert(beside(path, name), to, path, **how)
