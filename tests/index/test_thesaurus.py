from pathlib import Path

import pytest

from errors import JireiError
from index.thesaurus import EMPTY, Found, Thesaurus, load_thesaurus, splitter_name

HEAD = "concept,term,lang,kind"
ROWS = """rpa,RPA,ja,preferred
rpa,robotic process automation,en,preferred
rpa,手作業をなくす,ja,paraphrase
counter,窓口,ja,preferred
no_form_counter,書かない窓口,ja,preferred
no_form,書かない,ja,preferred
line,LINE,ja,preferred
line,ラインで,ja,paraphrase
bot,chatbot,en,preferred
bot,chat-bot,en,alias
bus,bus,en,preferred
"""


def load(folder: Path, text: str) -> Thesaurus:
    path = folder / "thesaurus.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return load_thesaurus(path)


@pytest.fixture
def thesaurus(tmp_path: Path) -> Thesaurus:
    return load(tmp_path, f"{HEAD}\n{ROWS}")


def test_longest_term_wins_and_none_overlap(thesaurus):
    assert thesaurus.find("書かない窓口と窓口で書かない") == [
        Found(0, 6, "no_form_counter"),
        Found(7, 9, "counter"),
        Found(10, 14, "no_form"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LINEで", [Found(0, 4, "line")]),
        ("市のＬＩＮＥで", [Found(2, 6, "line")]),
        ("LINEsを", [Found(0, 5, "line")]),
        ("two chatbots.", [Found(4, 12, "bot")]),
        ("buses", [Found(0, 5, "bus")]),
        ("Robotic Process Automation", [Found(0, 26, "rpa")]),
        ("ONLINEで", []),
        ("LINER", []),
        ("LINE2", []),
        ("business", []),
        # A hyphen and a blank are one: the term is chat-bot here.
        ("chat-bots", [Found(0, 9, "bot")]),
        ("a chat bot", [Found(2, 10, "bot")]),
        ("chat—bot", []),
    ],
)
def test_latin_term_matches_whole_words_and_plurals_only(thesaurus, text, found):
    assert thesaurus.find(text) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("ラインで申請", [Found(0, 4, "line")]),
        ("市のラインで申請", [Found(2, 6, "line")]),
        ("オンラインで申請", []),
        ("ガイドラインで示す", []),
    ],
)
def test_paraphrase_is_no_end_of_a_katakana_word(thesaurus, question, found):
    assert thesaurus.find(question, question=True) == found


def test_paraphrase_is_found_in_questions_only(thesaurus):
    text = "手作業をなくす市"
    assert thesaurus.find(text) == []
    assert thesaurus.find(text, question=True) == [Found(0, 7, "rpa")]


def test_concepts_become_marked_terms_in_order(thesaurus):
    assert thesaurus.concept_terms("LINEの窓口でRPA") == ["c:line", "c:counter", "c:rpa"]


def test_kind_of_a_thing_is_found_by_who_asks_for_the_thing(tmp_path):
    rows = "gpt,ChatGPT,en,preferred\ngpt,ai,-,broader\nai,AI,ja,preferred\n"
    made = load(tmp_path, f"{HEAD}\n{rows}")
    assert made.broader == {"gpt": "ai"}
    assert made.concept_terms("ChatGPTを試した") == ["c:gpt", "c:ai"]
    assert made.concept_terms("AIを試した") == ["c:ai"]
    assert made.concept_terms("ChatGPTは？", question=True) == ["c:gpt"]
    assert made.by_term.keys() == {"chatgpt", "ai"}


def test_preferred_terms_are_kept_by_language(thesaurus):
    assert thesaurus.preferred["rpa", "ja"] == "RPA"
    assert thesaurus.preferred["rpa", "en"] == "robotic process automation"


def test_missing_file_is_the_empty_thesaurus(tmp_path):
    empty = load_thesaurus(tmp_path / "absent.csv")
    assert empty is EMPTY
    assert empty.find("RPA", question=True) == []
    assert splitter_name(empty).endswith("+thesaurus/none")


def test_bom_and_windows_line_ends_change_nothing_but_the_digest(tmp_path, thesaurus):
    windows = load(tmp_path, f"\ufeff{HEAD}\n{ROWS}".replace("\n", "\r\n"))
    assert windows.by_term == thesaurus.by_term
    assert windows.preferred == thesaurus.preferred
    assert splitter_name(windows) != splitter_name(thesaurus)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("a,bb,ja,preferred\na,,ja,alias", 3),
        ("a,bb,ja,preferred\n,cc,ja,alias", 3),
        ("a,bb,ja,preferred\n\nb,c,ja,preferred", 4),
        ("a,bb,ja,nickname", 2),
        ("a,bb,ja", 2),
        ("a,bb,ja,preferred\na,b,-,broader", 3),
        ("a,bb,ja,preferred\na,a,-,broader", 3),
        ("a,RPA,ja,preferred\na,xx,ja,alias\nb,ＲＰＡ,ja,alias", 4),
    ],
)
def test_bad_line_is_named(tmp_path, rows, line):
    with pytest.raises(JireiError, match=rf"thesaurus\.csv の {line} 行目") as caught:
        load(tmp_path, f"{HEAD}\n{rows}\n")
    assert caught.value.key == "thesaurus_line"


def test_missing_column_is_told_at_the_first_row(tmp_path):
    with pytest.raises(JireiError, match=r"2 行目.*concept,term,lang,kind"):
        load(tmp_path, "concept,term,lang\na,b,ja\n")


def test_file_that_is_not_utf8_is_told(tmp_path):
    path = tmp_path / "thesaurus.csv"
    path.write_bytes(f"{HEAD}\na,窓口,ja,preferred\n".encode("cp932"))
    with pytest.raises(JireiError, match=r"thesaurus\.csv"):
        load_thesaurus(path)


def test_same_term_twice_in_one_concept_is_allowed(tmp_path):
    found = load(tmp_path, f"{HEAD}\na,RPA,ja,preferred\na,rpa,en,alias\n")
    assert found.by_term == {"rpa": ("a", False)}
