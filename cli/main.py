"""The command line as a whole: its commands, and what is told when one fails."""

import sys

import typer

from cli.arguments import told_in
from cli.ask import ask, search
from cli.build import build
from cli.eval import app as eval_app
from cli.index import app as index_app
from cli.info import info
from cli.keep import feedback_app, log_app
from cli.serve import serve
from cli.watch import watch
from errors import JireiError
from messages import Lang
from settings import load_settings

app = typer.Typer(
    name="jirei",
    help="自治体の先行事例を、出典の一文とともに探します。Finds municipal precedents, quoted.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (build, watch, ask, search, serve, info):
    app.command()(command)
app.add_typer(eval_app, name="eval")
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
