"""`jirei build`, and a build as other commands show it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.common import JsonFlag, print_json
from messages import Lang, tell
from settings import Settings, load_settings

if TYPE_CHECKING:
    from index.build import BuildProgress, Built
    from index.encoder import Encoder


def build(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="文書のフォルダー（省略時は corpus/）/ folders")
    ] = None,
    as_json: JsonFlag = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="読めないファイルがあれば中止 / stop at the first bad file"),
    ] = False,
) -> None:
    """文書のフォルダーから索引を作る / build the index from folders."""
    settings = load_settings()
    built = build_shown(paths or [settings.corpus], settings, strict=strict)
    if as_json:
        counts = built.generation.manifest.counts
        files = [asdict(report) for report in built.reports]
        print_json(
            {"index": built.generation.name, "changed": built.changed, **counts, "files": files}
        )
    else:
        tell_built(built, settings.lang)


def build_shown(
    roots: list[Path],
    settings: Settings,
    encoder: "Encoder | None" = None,
    *,
    strict: bool = False,
) -> "Built":
    """Builds, with a bar of its progress on a terminal. Raises JireiError as a build does."""
    from index.build import build as build_index
    from index.encoder import make_encoder

    with _progress(settings.lang) as progress:
        encoder = encoder or make_encoder(settings)
        return build_index(roots, encoder, settings, progress, strict=strict)


@contextmanager
def _progress(lang: Lang) -> "Iterator[BuildProgress]":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from index.build import BuildProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    silent = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=silent) as bar:
        task = bar.add_task(tell("progress_encoding", lang), total=None, rate="")

        def on_encoded(done: int, total: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{done / elapsed:.0f}/s" if elapsed else ""
            bar.update(task, completed=done, total=total, rate=rate)

        def on_wait() -> None:
            print(tell("build_waiting", lang), file=sys.stderr, flush=True)

        yield BuildProgress(on_encoded=on_encoded, on_wait=on_wait)


def tell_built(built: "Built", lang: Lang) -> None:
    """Prints what is in the index, and on stderr what was not read of which file."""
    from ingest.telling import line_of

    for report in built.reports:
        line = line_of(report, lang)
        if line:
            print(line, file=sys.stderr)
    counts = built.generation.manifest.counts
    cases = {chunk.place for chunk in built.generation.chunks if chunk.place}
    explained = {
        (chunk.document, chunk.heading) for chunk in built.generation.chunks if not chunk.place
    }
    key = "built" if built.changed else "unchanged"
    print(
        tell(
            key,
            lang,
            documents=counts["documents"],
            cases=len(cases),
            explained=len(explained),
            units=counts["units"],
            name=built.generation.name,
        )
    )
