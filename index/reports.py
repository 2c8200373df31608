"""What the last build found in each file, kept for whoever looks at the index."""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.build import Built
from ingest.documents import FileReport
from ingest.durable import write_synced
from settings import Settings

_reports = TypeAdapter(tuple[FileReport, ...])


def keep_reports(settings: Settings, built: Built) -> None:
    """Keeps the reports of a build in place of those before; none if the disk has no room."""
    path = _path(settings)
    aside = path.with_name(f"{path.name}.aside")
    # Escaped, since a file's name need not be text.
    files = json.dumps([asdict(report) for report in built.reports], default=str)
    told = f'{{"generation": {json.dumps(built.generation.name)}, "files": {files}}}\n'
    # The index is live by now, and no worse without them.
    with suppress(OSError):
        write_synced(aside, told.encode("ascii"))
        os.replace(aside, path)


def read_reports(settings: Settings, generation: str) -> tuple[FileReport, ...] | None:
    """The reports of a generation; None if they are not those that were kept, or are damaged."""
    try:
        stored = json.loads(_path(settings).read_text(encoding="ascii"))
        if stored["generation"] != generation:
            return None
        return _reports.validate_python(stored["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return None


def _path(settings: Settings) -> Path:
    return settings.var / "reports.json"
