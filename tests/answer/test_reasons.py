"""Why an entry is unsure, and what its sentence does not mention."""

from answer.aspects import Aspect
from tests.answer.deciding import COMPARE, FACT, LIST, about, decide, verdicts
from tests.answer.made import MACHIDA, MIE, SAITAMA, Part


def aspect(word: str, weight: float = 1.0) -> Aspect:
    return Aspect(word, None, (word,), weight, False, weight > 0)


def test_unsure_entry_tells_what_its_sentence_does_not_mention() -> None:
    def reason(*words: str, answerable: float = 0.6) -> tuple[str | None, tuple[str, ...]]:
        aspects = tuple(map(aspect, words))
        parts = about(SAITAMA)
        (found,) = decide(FACT, [0.3], *parts, aspects=aspects, answerable=answerable).entries
        return found.reason, found.missing

    assert reason("rpa", "窓口", "費用") == ("part", ("窓口", "費用"))
    assert reason("rpa") == ("weak", ())
    assert reason("窓口") == ("weak", ())
    assert reason() == ("weak", ())
    assert reason("rpa", "窓口", answerable=0.59) == ("doubted", ("窓口",))
    assert reason("rpa", answerable=0.59) == ("doubted", ())
    assert reason("窓口", "費用", answerable=0.59) == ("doubted", ("窓口", "費用"))


def test_thing_of_which_half_is_mentioned_is_not_missing() -> None:
    half = Aspect("RPA窓口", None, ("rpa", "窓口"), 1.0, False, True)
    (found,) = decide(FACT, [0.3], *about(SAITAMA), aspects=(half, aspect("費用"))).entries
    assert found.missing == ("費用",)


def test_of_matches_those_are_read_first_whose_sentence_names_all_that_is_asked() -> None:
    parts = [
        Part("0.md", SAITAMA, ("RPAを使う。",)),
        Part("1.md", MACHIDA, ("窓口でRPAを使う。",)),
        Part("2.md", MIE, ("窓口でRPAを使う。",)),
    ]
    aspects = (aspect("rpa"), aspect("窓口"))
    listed = verdicts(decide(LIST, [0.9, 0.8, 0.41], *parts, aspects=aspects))
    assert listed == [(1, "match", 0.8), (0, "match", 0.9), (2, "unsure", 0.41)]
    fact = verdicts(decide(FACT, [0.9, 0.8, 0.41], *parts, aspects=aspects))
    assert fact == [(0, "match", 0.9), (1, "unsure", 0.8)]


def test_word_of_another_language_is_not_said_to_be_missing() -> None:
    aspects = (aspect("rpa"), aspect("窓口"), aspect("residents", weight=0.0))
    (found,) = decide(FACT, [0.3], *about(SAITAMA), aspects=aspects).entries
    assert found.missing == ("窓口",)


def test_comparison_is_never_doubted() -> None:
    parts = about(SAITAMA, MACHIDA)
    found = decide(COMPARE, [0.9, 0.3], *parts, answerable=0.1).entries
    assert [each.reason for each in found] == [None, "weak"]


def test_match_and_doubt_need_no_further_reason() -> None:
    aspects = (aspect("rpa"), aspect("窓口"))
    (sure,) = decide(FACT, [0.9], *about(SAITAMA), aspects=aspects).entries
    assert (sure.reason, sure.missing) == (None, ())
    (doubted,) = decide(
        "2020年以降のRPAの費用は？", [0.9], *about(SAITAMA), aspects=aspects
    ).entries
    assert (doubted.reason, doubted.missing) == ("period", ())
