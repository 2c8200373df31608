"""`jirei index`: the generations, seen, checked, gone back to and cleared away."""

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from cli.common import JsonFlag, print_json
from messages import tell
from settings import Settings, load_settings

app = typer.Typer(
    name="index",
    help="索引の世代を見る・確かめる・戻す・片づける / generations of the index.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NameArgument = Annotated[str | None, typer.Argument(help="世代の名前 / name of a generation")]


@app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """世代の一覧を表示する / list the generations."""
    from index.life import list_generations

    settings = load_settings()
    found = list_generations(settings)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    if not found:
        print(tell("index_none", settings.lang))
    for each in found:
        state = "held" if each.held else "live" if each.live else "kept"
        line = tell(
            "index_listed",
            settings.lang,
            name=each.name,
            created=each.created or "?",
            documents="?" if each.documents is None else each.documents,
            size=f"{each.size / 1e6:.1f} MB",
            state=tell(f"index_state_{state}", settings.lang),
        )
        print(line)


@app.command()
def verify(name: NameArgument = None, as_json: JsonFlag = False) -> None:
    """全ファイルを検査する / check every file against its digest."""
    from index.life import verify as verify_index

    settings = load_settings()
    damaged = verify_index(settings, name)
    if as_json:
        print_json(damaged)
    elif not damaged:
        print(tell("index_none", settings.lang))
    else:
        for each, files in damaged.items():
            if files:
                line = tell("index_not_whole", settings.lang, name=each, files=", ".join(files))
                print(line, file=sys.stderr)
            else:
                print(tell("index_whole", settings.lang, name=each))
    if any(damaged.values()):
        raise typer.Exit(2)


@app.command()
def rollback(name: NameArgument = None) -> None:
    """前の世代に戻す / go back to an earlier generation."""
    from index.encoder import make_encoder
    from index.life import is_held, roll_back

    settings = load_settings()
    manifest = roll_back(settings, make_encoder(settings), name).manifest
    line = tell(
        "rolled_back" if is_held(settings) else "rolled_forward",
        settings.lang,
        name=manifest.name,
        created=manifest.created,
        documents=manifest.counts["documents"],
    )
    print(line)


@app.command()
def gc(
    keep: Annotated[
        int | None, typer.Option(min=1, help="残す世代の数 / generations to keep")
    ] = None,
) -> None:
    """古い世代と不要なベクトルを消す / drop old generations and unused vectors."""
    from index.life import collect

    settings = load_settings()
    dropped = collect(settings, keep or settings.keep_generations)
    line = tell(
        "collected",
        settings.lang,
        generations=len(dropped.generations),
        vectors=dropped.vectors,
        files=dropped.files,
    )
    print(line)


def tell_held(settings: Settings) -> bool:
    """Tells, and returns, whether a rollback holds the live generation."""
    from index.manifest import read_pointer

    pointer = read_pointer(settings.index_folder)
    if pointer is None or not pointer.held:
        return False
    print(tell("index_held", settings.lang, name=pointer.name), flush=True)
    return True
