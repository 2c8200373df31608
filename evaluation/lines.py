"""How the files of judged questions are opened, whichever way they are judged."""

from pathlib import Path

from errors import JireiError


def written_lines(path: Path) -> list[tuple[int, str]]:
    """The lines that are not empty, with their numbers; a byte order mark is no part of the first.

    Raises JireiError if the file is missing, cannot be read or is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise JireiError("file_not_utf8", file=path, at=error.start) from error
    except FileNotFoundError as error:
        raise JireiError("path_missing", path=path) from error
    except OSError as error:
        raise JireiError("file_unreadable", file=path, why=error.strerror) from error
    # splitlines() would also cut at U+2028, which may stand in a value as it is.
    lines = enumerate(text.split("\n"), start=1)
    return [(number, line) for number, line in lines if line.strip()]
