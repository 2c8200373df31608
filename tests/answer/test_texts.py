"""Which documents have a word, however it is written there."""

from dataclasses import replace

import numpy as np
import pytest

from answer.aspects import Aspect
from answer.signals import EntryTable, signals_of
from answer.texts import Texts, looked_up
from ingest.documents import Metadata
from search.hybrid import ArmScores, UnitScores
from tests.answer.made import MACHIDA, SAITAMA, Part, generation

MADE = generation(
    Part("a.md", SAITAMA, ("i-Construction大賞を受けた。", "Ｓｏｃｉｅｔｙ5.0を進める。")),
    Part("b.md", MACHIDA, ("最新の level を測る。",), ("題", "LoGoチャット")),
    metadata={"b.md": Metadata("VIRTUAL MACHIDAの公開")},
)


@pytest.mark.parametrize(
    ("word", "documents"),
    [
        ("iconstruction", {"a.md"}),
        ("i-construction", {"a.md"}),
        ("society", {"a.md"}),
        ("society-5.0", {"a.md"}),
        ("virtual", {"b.md"}),  # its title
        ("logo", {"b.md"}),  # a heading of it
        ("machidaの公開", {"b.md"}),
        ("lev", set()),  # too short to be looked for inside a word
        ("xbrl", set()),
        ("-", set()),
    ],
)
def test_word_is_found_in_texts_titles_and_headings(word: str, documents: set[str]) -> None:
    assert Texts(MADE).mentioning(word) == documents


def aspect(label: str, *, required: bool = True, known: bool = False) -> Aspect:
    return Aspect(label, None, (label,), 1.0, required, known)


def test_only_a_required_thing_that_no_sentence_names_is_looked_up() -> None:
    aspects = (
        aspect("virtual"),
        aspect("xbrl"),
        aspect("virtual", required=False),
        aspect("logo", known=True),
    )
    found, *others = looked_up(aspects, Texts(MADE))
    assert (found.required, found.known) == (True, True)
    assert found.documents == {"b.md"}
    assert tuple(others) == aspects[1:]


def test_entries_of_the_documents_that_have_it_pass() -> None:
    aspects = looked_up((aspect("virtual"),), Texts(MADE))
    nothing = ArmScores(np.zeros(3, dtype=np.float32), np.zeros(3, dtype=np.float32))
    scores = UnitScores(nothing, nothing)
    signals = signals_of(scores, scores, aspects, MADE, EntryTable.of(MADE))
    assert signals.required.tolist() == [False, False, True]


def test_front_matter_is_no_text() -> None:
    document = replace(MADE.documents["b.md"], body_start=3)
    made = replace(MADE, documents={"b.md": document})
    assert Texts(made).mentioning("最新の") == set()
    assert Texts(made).mentioning("level") == {"b.md"}
