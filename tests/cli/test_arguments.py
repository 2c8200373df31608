"""Arguments that are wrong."""

import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "japanese", "english"),
    [
        ("ask --nonsense", "--nonsense という指定はありません", "There is no option --nonsense"),
        ("search", "question を指定してください", "question is missing"),
        ("ask --since", "--since には値が要ります", "--since needs a value"),
        ("ask --json=1", "--json に値は付けられません", "--json takes no value"),
        ("ask x --since abc", "--since の値が正しくありません", "The value of --since is wrong"),
        (
            "ask x --max-age 0",
            "--max-age の値が正しくありません",
            "The value of --max-age is wrong",
        ),
        ("log export --format x", "--format は次のどれかです：jsonl, csv", "is one of: jsonl, csv"),
        ("aks", "「aks」というコマンドはありません", "There is no command aks"),
        ("ask Which cities use", "余分な語があります（cities use）", "Too many words (cities use)"),
        ("ask x --since 2025 --until 2020", "より後です", "--since (2025) is after --until (2020)"),
    ],
)
def test_wrong_arguments_are_one_line_in_the_language_of_the_user(
    run, monkeypatch: pytest.MonkeyPatch, arguments: str, japanese: str, english: str
) -> None:
    assert japanese in run(*arguments.split()).complaint()
    monkeypatch.setenv("JIREI_LANG", "en")
    assert english in run(*arguments.split()).complaint()


def test_a_group_of_commands_alone_shows_its_help_by_lines(run) -> None:
    assert "\nCommands:\n" in run("eval").err


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--prefecture", "東"),
        ("--prefecture", "町田市"),
        ("--region", "南極"),
        ("--state", "done"),
    ],
)
def test_unknown_facet_is_one_line(built, option: str, value: str) -> None:
    line = built("ask", "RPAを使う市は？", option, value).complaint()
    assert option in line
    assert f"「{value}」" in line


@pytest.mark.parametrize(
    ("option", "value", "known"), [("--theme", "RAP", "RPA"), ("--source", "pres", "official")]
)
def test_facet_that_no_document_has_is_told_with_those_there_are(
    built, option: str, value: str, known: str
) -> None:
    line = built("ask", "RPAを使う市は？", option, value).complaint()
    assert f"{option} の「{value}」に当たる文書がありません" in line
    assert known in line
    asked = json.dumps({"question": "RPAを使う市は？"})
    assert value in built("ask", "--jsonl", "-", option, value, stdin=asked).complaint()
