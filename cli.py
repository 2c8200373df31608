"""The command line: build, search, ask, serve, info; eval stands in its own package."""

import errno
import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli_ask import JsonFlag, ask, search
from cli_errors import told_in
from cli_keep import feedback_app, log_app
from errors import JireiError
from evaluation.commands import app as evaluation_app
from index.commands import app as index_app
from index.commands import follow, tell_held
from messages import Lang, tell
from settings import ROOT, Settings, load_settings

if TYPE_CHECKING:
    from index.build import Built
    from index.encoder import Encoder

app = typer.Typer(
    name="jirei",
    help="自治体の先行事例を、出典の一文とともに探します。Finds municipal precedents, quoted.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(evaluation_app, name="eval")
app.add_typer(index_app, name="index")
app.add_typer(log_app, name="log")
app.add_typer(feedback_app, name="feedback")


def main() -> None:
    """Runs a command; a user's error is one line on stderr and exit code 2."""
    for stream, encoding in (
        (sys.stdin, "utf-8-sig"),
        (sys.stdout, "utf-8"),
        (sys.stderr, "utf-8"),
    ):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding)
    try:
        code = app(standalone_mode=False)
    except JireiError as error:
        code = _complain(error.tell(_language()))
    except typer.TyperException as error:
        code = _complain(told_in(error, _language()))
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


def _language() -> Lang:
    try:
        return load_settings().lang
    except JireiError:
        return "ja"


def _complain(line: str) -> int:
    print(line, file=sys.stderr)
    return 2


@app.command()
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
    built = _build(paths or [settings.corpus], settings, strict=strict)
    if as_json:
        from dataclasses import asdict

        counts = built.generation.manifest.counts
        files = [asdict(report) for report in built.reports]
        _print_json(
            {"index": built.generation.name, "changed": built.changed, **counts, "files": files}
        )
    else:
        _tell_built(built, settings.lang)


def _build(
    roots: list[Path],
    settings: Settings,
    encoder: "Encoder | None" = None,
    *,
    strict: bool = False,
) -> "Built":
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
    from index.build import build as build_index
    from index.encoder import make_encoder

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
        task = bar.add_task(tell("progress_encoding", settings.lang), total=None, rate="")

        def on_encoded(done: int, total: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{done / elapsed:.0f}/s" if elapsed else ""
            bar.update(task, completed=done, total=total, rate=rate)

        def on_wait() -> None:
            print(tell("build_waiting", settings.lang), file=sys.stderr, flush=True)

        progress = BuildProgress(on_encoded=on_encoded, on_wait=on_wait)
        encoder = encoder or make_encoder(settings)
        return build_index(roots, encoder, settings, progress, strict=strict)


def _tell_built(built: "Built", lang: Lang) -> None:
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


@app.command()
def watch(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="文書のフォルダー（省略時は今の索引のもの）/ folders"),
    ] = None,
    poll: Annotated[
        bool, typer.Option("--poll", help="毎秒見に行く（共有フォルダー用）/ for network drives")
    ] = False,
) -> None:
    """フォルダーを見張り、変わるたびに索引を作り直す / rebuild when files change."""
    from index.encoder import make_encoder
    from index.life import roots_of_index

    settings = load_settings()
    roots, encoder = paths or roots_of_index(settings), make_encoder(settings)

    def rebuild(first: bool) -> None:
        built = _build(roots, settings, encoder)
        if first or built.changed:
            _tell_built(built, settings.lang)

    follow(roots, settings, rebuild, poll)


app.command()(ask)
app.command()(search)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="ポート / port")] = None,
) -> None:
    """チャットのページを開く（索引が無いか古ければ作る）/ open the chat page."""
    from index.encoder import make_encoder
    from index.life import roots_of_index, why_stale

    settings = load_settings()
    port = settings.port if port is None else port
    if not 1 <= port <= 65535:
        raise JireiError("setting_wrong", name="JIREI_PORT", value=port)
    _check_port(settings.host, port)
    reason = why_stale(settings, make_encoder(settings))
    if reason:
        print(tell("rebuilding", settings.lang, reason=tell(reason, settings.lang)), flush=True)
        _tell_built(_build(roots_of_index(settings), settings), settings.lang)
    else:
        tell_held(settings)
    print(tell("serving", settings.lang, url=f"http://{settings.host}:{port}"), flush=True)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += [f"--server.address={settings.host}", f"--server.port={port}"]
    command += [f"--server.maxUploadSize={settings.max_file_mb}"]
    environment = os.environ | settings.as_seen_from_elsewhere()
    os.chdir(ROOT)
    if os.name == "nt":
        raise typer.Exit(subprocess.call(command, env=environment))
    # The page takes this process's place, so that whoever stops this one stops the page.
    os.execve(command[0], command, environment)  # noqa: S606


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind)) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise JireiError("port_taken", port=port) from error
        raise JireiError("host_wrong", host=host, port=port, why=error.strerror) from error


@app.command()
def info(as_json: JsonFlag = False) -> None:
    """索引と設定を表示する / show the index and the settings."""
    from importlib.metadata import version

    from index.manifest import current_name, read_manifest

    settings = load_settings()
    name = current_name(settings.index_folder)
    manifest = read_manifest(settings.index_folder, name) if name else None
    facts = {
        "version": version("jirei"),
        "index": name,
        "created": manifest.created if manifest else None,
        "folders": list(manifest.roots) if manifest else [],
        "counts": manifest.counts if manifest else {},
        "encoder": manifest.encoder if manifest else settings.encoder,
        "splitter": manifest.splitter if manifest else None,
        "index_folder": str(settings.index_folder),
        "cache": str(settings.cache),
    }
    if as_json:
        _print_json(facts)
        return
    for key, value in facts.items():
        print(f"{key:13} {value}")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
