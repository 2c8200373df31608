"""The catalogue: whole in both languages, and nothing said that is not in it."""

import re
from string import Formatter

import pytest

from messages import CATALOGUE, tell
from settings import ROOT

CODE = [
    path
    for path in ROOT.rglob("*.py")
    if not {".venv", "tests", "var"} & set(path.relative_to(ROOT).parts)
]
SAID = re.compile(r'(?:tell|JireiError|refusal)\(\s*"([a-z0-9_]+)"')


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_text_is_there_in_both_languages_with_the_same_placeholders(key: str) -> None:
    assert set(CATALOGUE[key]) == {"ja", "en"}
    assert all(text.strip() for text in CATALOGUE[key].values())
    assert fields(CATALOGUE[key]["ja"]) == fields(CATALOGUE[key]["en"])


def test_every_key_that_the_code_names_is_in_the_catalogue() -> None:
    named = {key for path in CODE for key in SAID.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 80
    assert named - set(CATALOGUE) - {"ja", "en"} == set()


def test_missing_key_or_value_is_no_silent_gap() -> None:
    with pytest.raises(KeyError):
        tell("no_such_key", "ja")
    with pytest.raises(KeyError):
        tell("k_too_small", "en")
