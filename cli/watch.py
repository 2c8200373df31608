"""`jirei watch`: the index built anew whenever the files change."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli.build import build_shown, tell_built
from cli.index import tell_held
from errors import JireiError
from messages import tell
from settings import Settings, load_settings


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
        built = build_shown(roots, settings, encoder)
        if first or built.changed:
            tell_built(built, settings.lang)

    follow(roots, settings, rebuild, poll)


def follow(
    roots: Sequence[Path], settings: Settings, rebuild: Callable[[bool], None], poll: bool
) -> None:
    """Calls `rebuild` at once (with True) and whenever files below `roots` changed, without end.

    A build that fails is told, and the next change may mend it; an index that a rollback holds
    is left alone. Raises JireiError if a root is missing, holds the index, or cannot be watched.
    """
    from index.watch import changes
    from ingest.folders import existing

    for root in roots:
        if settings.var.resolve().is_relative_to(existing(root)):
            raise JireiError("watch_own_folder", path=root, var=settings.var)
    print(tell("watching", settings.lang, path=" ".join(map(str, roots))), flush=True)
    first = True
    for _ in changes(roots, settings.var, poll=poll):
        try:
            if not tell_held(settings):
                rebuild(first)
        except JireiError as error:
            print(error.tell(settings.lang), file=sys.stderr, flush=True)
        except OSError as error:
            told = JireiError("file_unreadable", file=error.filename, why=error.strerror)
            print(told.tell(settings.lang), file=sys.stderr, flush=True)
        first = False
