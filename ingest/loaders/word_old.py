"""Word before 2007 (.doc), turned into .docx by LibreOffice where that is installed."""

import subprocess
import tempfile
from pathlib import Path

from errors import JireiError
from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.word import load_docx
from ingest.tools import office


def load_doc(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A .doc file. Raises JireiError without LibreOffice, or if that cannot open it."""
    program = office()
    if program is None:
        raise JireiError("doc_needs_office", file=document_id)
    with tempfile.TemporaryDirectory() as folder:
        # Its own profile: one that is open in a window would refuse to convert.
        command = [program, f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--headless"]
        command += ["--convert-to", "docx", "--outdir", folder, str(path.resolve())]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=limits.seconds)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise JireiError("file_broken", file=document_id, why="DOC") from error
        made = Path(folder) / f"{path.stem}.docx"
        if not made.is_file():
            raise JireiError("file_broken", file=document_id, why="DOC")
        return load_docx(made, document_id, limits)
