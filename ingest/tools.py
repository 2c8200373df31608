"""Programs that read more formats where they are installed."""

import shutil
import subprocess
from functools import cache


@cache
def tesseract() -> str | None:
    """The program that reads images, if it knows Japanese; None if not."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        told = subprocess.run(
            [program, "--list-langs"], capture_output=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if b"jpn" in told.stdout.split() else None


def office() -> str | None:
    """The program of LibreOffice; None if it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")
