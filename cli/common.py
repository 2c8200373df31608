"""What several commands take and print."""

import json
from typing import Annotated

import typer

Several = list[str] | None
JsonFlag = Annotated[bool, typer.Option("--json", help="JSONで出力 / print JSON")]


def print_json(value: object) -> None:
    """Prints a value as indented JSON, Japanese as it is."""
    print(json.dumps(value, ensure_ascii=False, indent=1))
