import re
from bisect import bisect_right
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.cases import sections_of
from ingest.chunking import CHUNK_CHARACTERS, SentenceSplitter, chunk_document
from ingest.documents import Chunk, Document, Metadata, Place
from ingest.sentences import UNIT_CHARACTERS, split_sentences, without_wraps

FRONT = "---\ntitle: 題\n---\n"
MACHIDA = Place("132098", "東京都", "町田市", "Machida City")

FRAGMENTS = [
    "町田市は、窓口を変えた。",
    "「はい。いいえ。」と答えた。",
    "（注。参照）",
    "「閉じない。",
    "』）】",
    "何！？",
    "It is 3.14 now. ",
    "RPA? ",
    "• 箇条書き",
    "- item",
    "1. 埼玉県さいたま市の事例",
    "## 三重県の事例",
    "# 題",
    "```",
    "見出し",
    "\n",
    "\n\n",
    "　",
    " ",
    "\t",
    "あ" * 700,
    "い、" * 250,
    "a" * 310 + " ",
]
arbitrary = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=15).map("\n\n".join),
    st.text(alphabet="あ。、！？「」『』（）()!?. \n　#•-12.あいう", max_size=200),
    st.text(max_size=200).map(lambda text: text.replace("\r", "")),
)


def document(body: str, *, markdown: bool = True, front: str = "") -> Document:
    return Document("docs/a.md", front + body, len(front), Metadata("題"), markdown=markdown)


def units(body: str, *, markdown: bool = True) -> list[str]:
    return [u.text for c in chunk_document(document(body, markdown=markdown)) for u in c.units]


# Any text.


@given(arbitrary)
@example("あ" * 1000)
@example("「" * 400 + "。")
@settings(max_examples=100, deadline=None)
def test_split_sentences_of_any_text_join_to_it_and_are_short(text):
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= UNIT_CHARACTERS for piece in pieces)


@given(arbitrary, st.booleans(), st.sampled_from(["", FRONT]))
@settings(max_examples=100, deadline=None)
def test_chunks_of_any_text_join_to_the_body_and_keep_to_their_section(body, markdown, front):
    source = document(body, markdown=markdown, front=front)
    chunks = chunk_document(source)
    sections = sections_of(replace(source, text=front + without_wraps(body)))
    assert "".join(chunk.text for chunk in chunks) == body
    at = len(front)
    for chunk in chunks:
        assert (chunk.start, chunk.text) == (at, source.text[at : chunk.end])
        section = sections[bisect_right([s.start for s in sections], at) - 1]
        assert chunk.end <= section.end
        assert (chunk.heading, chunk.place) == (section.heading, section.place)
        assert chunk.end - max(at, section.content_start) <= CHUNK_CHARACTERS
        at = chunk.end


@given(arbitrary, st.booleans(), st.sampled_from(["", FRONT]))
@settings(max_examples=100, deadline=None)
def test_units_of_any_text_lie_in_their_chunk_and_are_the_text_at_their_span(body, markdown, front):
    source = document(body, markdown=markdown, front=front)
    for chunk in chunk_document(source):
        at = chunk.start
        for unit in chunk.units:
            assert at <= unit.start < unit.end <= chunk.end
            assert unit.text == source.text[unit.start : unit.end] == unit.text.strip()
            assert len(unit.text) <= UNIT_CHARACTERS
            at = unit.end


@given(arbitrary, st.booleans())
@settings(max_examples=100, deadline=None)
def test_units_of_any_text_leave_out_nothing_but_headings_blanks_and_marks(body, markdown):
    source = document(body, markdown=markdown)
    contents = {s.start: s.content_start for s in sections_of(source)}
    for chunk in chunk_document(source):
        at = contents.get(chunk.start, chunk.start)
        for start, end in [*((u.start, u.end) for u in chunk.units), (chunk.end, chunk.end)]:
            left_out = "".join(source.text[at:start].split())
            # A number before "." or ")" is a list's; no other letter or digit may be lost.
            assert not any(c.isalnum() for c in re.sub(r"[0-9０-９]{1,2}[.．)）]", "", left_out))
            at = end


@given(
    st.lists(st.sampled_from(["前の文である。", "本当か？", "行：\n"]), max_size=60),
    st.sampled_from(["「」", "『』", "（）", "()"]),
    st.text(alphabet="あい。！？!?. 、1", max_size=80),
)
@settings(max_examples=100, deadline=None)
def test_full_stops_inside_brackets_end_no_sentence(before, pair, inner):
    sentence = f"そこで{pair[0]}{inner}{pair[1]}と述べた。"
    assert split_sentences("".join(before) + sentence) == [*before, sentence]
    chunks = chunk_document(document("".join(before) + sentence))
    assert sum(sentence in chunk.text for chunk in chunks) == 1
    assert chunks[-1].units[-1].text == sentence


# Worked by hand.


def test_splitter_merges_sentences_up_to_its_size():
    assert SentenceSplitter(8).split_text("一二。三四。五六七。八九十百千。") == [
        "一二。三四。",
        "五六七。",
        "八九十百千。",
    ]
    assert SentenceSplitter(8).split_text("一二三。五六七。") == ["一二三。五六七。"]
    assert SentenceSplitter(8).split_text("") == []


def test_chunks_of_45_sentences_of_10_characters_hold_40_and_5():
    chunks = chunk_document(document("一二三四五六七八九。" * 45))
    assert [(c.start, c.end, len(c.units)) for c in chunks] == [(0, 400, 40), (400, 450, 5)]


def test_heading_line_stands_in_the_first_chunk_of_its_section_and_is_no_unit():
    chunks = chunk_document(document("# 題\n" + "一二三四五六七八九。" * 41))
    assert [(c.start, c.end, c.heading) for c in chunks] == [(0, 404, ("題",)), (404, 414, ("題",))]
    assert chunks[0].units[0].start == 4


def test_chunks_do_not_reach_over_a_heading():
    assert [(c.text, c.heading) for c in chunk_document(document("甲。\n# 一\n## 二\n乙。\n"))] == [
        ("甲。\n", ()),
        ("# 一\n", ("一",)),
        ("## 二\n乙。\n", ("一", "二")),
    ]


def test_chunks_of_an_empty_body_are_none():
    assert chunk_document(document("", front=FRONT)) == ()


def test_chunk_tells_its_document_place_and_page():
    text = "一頁目。\n二頁目。\n"
    source = Document("docs/a.txt", text, 0, Metadata("題", MACHIDA), False, page_starts=(0,))
    (chunk,) = chunk_document(source)
    assert isinstance(chunk, Chunk)
    assert (chunk.document, chunk.place, chunk.page) == ("docs/a.txt", MACHIDA, 1)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("一つ。 二つ。\n\n", ["一つ。", "二つ。"]),
        ("• RPAを使う\n• 三重県も\n", ["RPAを使う", "三重県も"]),
        ("- 甲\n  * 乙\n+ 丙\n1. 丁\n２）戊\n", ["甲", "乙", "丙", "丁", "戊"]),
        ("・甲。乙。\n", ["甲。", "乙。"]),
        ("•\n\n甲\n", ["甲"]),
        ("　字下げ。\n", ["字下げ。"]),
        ("# 題\n\n本文。\n", ["本文。"]),
        ("70%以上を目標とする。1,200件。\n", ["70%以上を目標とする。", "1,200件。"]),
        (" \n　\n", []),
    ],
)
def test_units_are_sentences_and_bullets_without_marks_and_blanks(body, expected):
    assert units(body) == expected


def test_unit_of_a_bullet_starts_after_its_mark():
    (chunk,) = chunk_document(document("前文。\n• 甲である。\n"))
    assert [(u.start, u.end, u.text) for u in chunk.units] == [
        (0, 3, "前文。"),
        (6, 11, "甲である。"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Aは1。2.5倍に増えた。", ["Aは1。", "2.5倍に増えた。"]),
        ("3.5倍だ。\n-5%だ。\n", ["3.5倍だ。", "-5%だ。"]),
        ("2024. 4. 1から開始。", ["2024. 4. 1から開始。"]),
        ("**太字**で始まる。\n---\n", ["**太字**で始まる。"]),
    ],
)
def test_numbers_signs_and_emphasis_are_no_bullets(body, expected):
    (chunk,) = chunk_document(document(body, markdown=False))
    assert [unit.text for unit in chunk.units] == expected
