"""What is wrong with the arguments of a command, in the language of the user."""

import re

import typer

from messages import Lang, tell

_QUOTED = re.compile("'([^']+)'")
_EXTRA = re.compile(r"extra argument\S* \((.*)\)")


def told_in(error: typer.TyperException, lang: Lang) -> str:
    """One line on a mistake in a command's arguments; the help of a command alone as it is."""
    # The classes stand in a private module, their names in the documentation.
    kind = type(error).__name__
    written: str = getattr(error, "format_message", error.__str__)()
    name: str = getattr(error, "option_name", None) or _parameter(error)
    if kind == "NoArgsIsHelpError":
        return written
    if kind == "NoSuchOption":
        return tell("argument_no_option", lang, name=name)
    if kind == "MissingParameter":
        return tell("argument_missing", lang, name=name)
    if kind == "BadOptionUsage":
        needs = written.endswith("requires an argument.")
        key = "argument_without_value" if needs else "argument_with_value"
        return tell(key, lang, name=name)
    if kind == "BadParameter":
        choices = _QUOTED.findall(written.partition(" is not one of ")[2])
        if choices:
            return tell("argument_choice", lang, name=name, choices=", ".join(choices))
        return tell("argument_wrong", lang, name=name)
    command = _QUOTED.search(written)
    if command and written.startswith("No such command"):
        return tell("argument_no_command", lang, name=command[1])
    extra = _EXTRA.search(written)
    if extra:
        return tell("argument_extra", lang, words=extra[1])
    return tell("argument_other", lang, why=" ".join(written.split()))


def _parameter(error: typer.TyperException) -> str:
    """What an argument or option is called on the command line."""
    options: list[str] = getattr(getattr(error, "param", None), "opts", None) or []
    return max(options, key=len, default="")
