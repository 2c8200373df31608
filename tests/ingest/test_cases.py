import pytest

from ingest.announced import place_of_title
from ingest.cases import sections_of
from ingest.documents import Case, Document, Metadata, Place, Section

SAITAMA = Place("111007", "埼玉県", "さいたま市", "Saitama City")
MACHIDA = Place("132098", "東京都", "町田市", "Machida City")
FUCHU_TOKYO = Place("132063", "東京都", "府中市", "Fuchu City")
FUCHU_HIROSHIMA = Place("342084", "広島県", "府中市", "Fuchu City")
MIE = Place("240001", "三重県", None, "Mie Prefecture")

ARTICLE = """事例から学ぶ自治体DX

2025/3/4

自治体DXとは、行政を変えることである。

自治体の事例

1. 埼玉県さいたま市の事例

さいたま市は、入力事務を自動化した。
• RPAを使う
• 三重県も見学した

2. 東京都町田市の事例

町田市は、生成AIを使う。

まとめ

以上である。
"""


def plain(text: str, place: Place | None = None) -> Document:
    return Document("docs/a.txt", text, 0, Metadata("題", place=place), markdown=False)


def markdown(text: str, place: Place | None = None, body_start: int = 0) -> Document:
    return Document("docs/a.md", text, body_start, Metadata("題", place=place), markdown=True)


def told(document: Document) -> list[tuple[str, Place | None]]:
    return [("/".join(s.heading), s.place) for s in sections_of(document)]


# Plain text.


def test_plain_article_numbered_headings_open_cases_and_an_unnumbered_one_ends_them():
    title, group = "事例から学ぶ自治体DX", "事例から学ぶ自治体DX/自治体の事例"
    assert told(plain(ARTICLE)) == [
        (title, None),
        (group, None),
        (f"{group}/埼玉県さいたま市の事例", SAITAMA),
        (f"{group}/東京都町田市の事例", MACHIDA),
        (f"{title}/まとめ", None),
    ]


def test_plain_article_sections_join_to_the_text_and_bullets_stay_in_their_case():
    sections = sections_of(plain(ARTICLE))
    assert "".join(ARTICLE[s.start : s.end] for s in sections) == ARTICLE
    assert ARTICLE[sections[2].start : sections[2].end] == (
        "1. 埼玉県さいたま市の事例\n\nさいたま市は、入力事務を自動化した。\n"
        "• RPAを使う\n• 三重県も見学した\n\n"
    )
    assert ARTICLE[sections[2].content_start :].startswith("\nさいたま市は")


def test_plain_repeated_headings_are_sections_of_their_own_with_their_own_spans():
    text = "題名\n\n概要\n\n一つ目。\n\n概要\n\n二つ目。\n"
    #       0-3     4-6  7  8-12  13 14-16
    assert sections_of(plain(text)) == (
        Section(("題名",), 0, 3, 4, None),
        Section(("題名", "概要"), 4, 7, 14, None),
        Section(("題名", "概要"), 14, 17, len(text), None),
    )


def test_plain_case_told_twice_belongs_to_the_same_place_both_times():
    text = "題名\n\n1. 町田市の事例\n\n窓口。\n\n費用\n\n安い。\n\n1. 町田市の事例\n\n続き。\n"
    assert [place for _, place in told(plain(text))] == [None, MACHIDA, None, MACHIDA]


def test_plain_text_without_headings_is_one_section_without_a_place():
    text = "自治体は始めた。\n町田市民も始めた。\n"
    assert sections_of(plain(text)) == (Section((), 0, 0, len(text), None),)


# Places in titles, and cases that no heading tells.


def test_a_place_in_the_title_alone_is_the_case_of_what_no_heading_gives_to_another():
    text = "# 三重県の取組\n\n前文。\n\n## 町田市の事例\n\n文。\n\n## 進め方\n\n文。\n"
    titled = Document("a.md", text, 0, Metadata("三重県の取組", MIE, by_title=True), markdown=True)
    assert told(titled) == [
        ("三重県の取組", MIE),
        ("三重県の取組/町田市の事例", MACHIDA),
        ("三重県の取組/進め方", MIE),
    ]


def test_a_title_with_a_number_is_the_heading_of_the_first_case():
    assert place_of_title("町田市の事例", "") == MACHIDA
    assert place_of_title("1. 町田市の事例", "") is None
    text = "1. 町田市の事例\n\n文。\n\n2. さいたま市の事例\n\n文。\n\nまとめ\n\n文。\n"
    assert [place for _, place in told(plain(text))] == [MACHIDA, SAITAMA, None]


def test_a_title_that_is_but_the_first_case_is_not_that_of_the_rest():
    text = "# 町田市の事例\n\n文。\n\n# さいたま市の事例\n\n文。\n\n# まとめ\n\n文。\n"
    titled = Document("a.md", text, 0, Metadata("町田市の事例", MACHIDA, by_title=True), True)
    assert [place for _, place in told(titled)] == [MACHIDA, SAITAMA, None]


def test_cases_of_the_file_cut_its_sections_and_their_rest_keeps_its_place():
    text = "# 町田市の事例\n一。\n二。\n三。\n"
    #       0-8              9-11 12-14 15-17
    source = Document(
        "a.csv", text, 0, Metadata("題"), True, (), (Case(9, 12, MIE), Case(15, 18, None))
    )
    heading = ("町田市の事例",)
    assert sections_of(source) == (
        Section(heading, 0, 9, 9, MACHIDA),
        Section(heading, 9, 9, 12, MIE),
        Section(heading, 12, 12, 15, MACHIDA),
        Section(heading, 15, 15, 18, None),
    )


def test_a_case_over_a_heading_begins_after_it():
    text = "一。\n# 題\n二。\n"
    #       0-2  3-6   7-9
    source = Document("a.csv", text, 0, Metadata("題"), True, (), (Case(0, 10, MIE),))
    assert [(s.start, s.content_start, s.end, s.place) for s in sections_of(source)] == [
        (0, 0, 3, MIE),
        (3, 7, 7, None),
        (7, 7, 10, MIE),
    ]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("2-2 さいたま市の電子申請", SAITAMA),
        ("参考：さいたま市の窓口", SAITAMA),
        ("さいたま市と連携", None),
        ("他市の状況", None),
        ("先進事例", None),
        ("国の支援", None),
        ("三重県と連携", MACHIDA),
        ("費用", MACHIDA),
        ("県の支援", None),
        ("県内の状況", None),
        ("その他市民向けの施策", MACHIDA),
        ("その他地域の施策", MACHIDA),
        ("他地域への展開", MACHIDA),
    ],
)
def test_a_heading_of_others_in_a_towns_own_document_is_not_of_that_town(title, place):
    text = (
        f"# 町田市DX推進計画\n\n文。\n\n## {title}\n\n文。\n\n### 背景\n\n文。\n\n## 効果\n\n文。\n"
    )
    plan = Document("a.md", text, 0, Metadata("計画", MACHIDA, by_title=True), True)
    assert [found for _, found in told(plan)] == [MACHIDA, place, place, MACHIDA]


@pytest.mark.parametrize("title", ["県の取組", "2 県の役割", "県内市町村の支援"])
def test_in_a_prefectures_document_its_own_parts_are_of_it(title):
    text = f"# 三重県DX推進計画\n\n文。\n\n## {title}\n\n文。\n"
    plan = Document("a.md", text, 0, Metadata("計画", MIE, by_title=True), True)
    assert [found for _, found in told(plan)] == [MIE, MIE]


def test_what_a_town_thinks_in_its_own_document_is_its_own():
    text = "# 町田市の報告\n\n文。\n\n## 所感\n\n文。\n"
    plan = Document("a.md", text, 0, Metadata("報告", MACHIDA, by_title=True), True)
    assert [found for _, found in told(plan)] == [MACHIDA, MACHIDA]


@pytest.mark.parametrize("title", ["町田市への提言", "本市の方針", "所感"])
def test_a_heading_of_who_wrote_it_ends_the_case_above_it(title):
    text = f"# 報告\n\n## 町田市の取組\n\n文。\n\n### {title}\n\n文。\n"
    assert [place for _, place in told(markdown(text))] == [None, MACHIDA, None]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("広島県の府中市は、窓口を変えた。", FUCHU_HIROSHIMA),
        ("東京都の府中市は、窓口を変えた。", FUCHU_TOKYO),
        ("市は、窓口を変えた。", None),
        ("東京都と広島県に府中市がある。", None),
        ("大阪府の話である。", None),
    ],
)
def test_plain_fuchu_is_resolved_by_the_prefecture_in_its_body_or_stays_none(body, place):
    text = f"題名\n\n1. 府中市の事例\n\n{body}\n\n2. 町田市の事例\n\n東京都の町田市。\n"
    assert [found for _, found in told(plain(text))] == [None, place, MACHIDA]


def test_plain_fuchu_is_not_resolved_by_the_prefecture_of_another_section():
    text = "題名\n\n1. 町田市の事例\n\n東京都の町田市。\n\n2. 府中市の事例\n\n市の窓口。\n"
    assert [found for _, found in told(plain(text))] == [None, MACHIDA, None]


# Markdown.


def test_markdown_with_several_places_each_case_lasts_to_the_next_heading_of_its_level():
    text = (
        "# 事例集\n\n## さいたま市：入力事務\n\n文。\n\n### 背景\n\n文。\n\n"
        "## 進め方\n\n文。\n\n"
        "## 町田市の事例\n\n文。\n\n### 三重県\n\n文。\n\n### 費用\n\n# おわり\n"
    )
    assert told(markdown(text)) == [
        ("事例集", None),
        ("事例集/さいたま市：入力事務", SAITAMA),
        ("事例集/さいたま市：入力事務/背景", SAITAMA),
        ("事例集/進め方", None),
        ("事例集/町田市の事例", MACHIDA),
        ("事例集/町田市の事例/三重県", MIE),
        ("事例集/町田市の事例/費用", MACHIDA),
        ("おわり", None),
    ]


def test_markdown_with_a_place_in_its_front_matter_tells_that_case_throughout():
    front = "---\ncode: 1\n---\n"
    text = front + "前文。\n\n# 町田市の事例\n\n文。\n"
    body = len(front)
    assert sections_of(markdown(text, MIE, body)) == (
        Section((), body, body, body + 5, MIE),
        Section(("町田市の事例",), body + 5, body + 14, len(text), MIE),
    )


def test_markdown_text_before_the_first_heading_belongs_to_no_case():
    assert told(markdown("前文。\n# 町田市の事例\n文。\n")) == [
        ("", None),
        ("町田市の事例", MACHIDA),
    ]


def test_markdown_with_an_empty_body_has_one_empty_section():
    assert sections_of(markdown("---\n---\n", None, 8)) == (Section((), 8, 8, 8, None),)


# The head of a document.


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("視察先：東京都町田市", MACHIDA),
        ("・訪問先　町田市", MACHIDA),
        ("- 相手: 町田市", MACHIDA),
        ("自治体名：町田市", MACHIDA),
        ("照会先：町田市\n照会先：町田市", MACHIDA),
        ("視察先：町田市\n視察先：さいたま市", None),
        ("提出先：町田市", None),
        ("日時：5月1日\n" * 14 + "視察先：町田市", MACHIDA),
        ("日時：5月1日\n" * 15 + "視察先：町田市", None),
    ],
)
def test_a_line_at_the_head_says_whose_case_a_report_tells(head, place):
    text = f"{head}\n\n# 内容\n\n始めた。本市では、しない。\n# 所感\n\n早い。\n# 費用\n\n安い。\n"
    report = Document("a.md", text, 0, Metadata("視察報告書"), markdown=True)
    told = [
        (sentence, section.place)
        for section in sections_of(report)
        for sentence in text[section.content_start : section.end].strip().splitlines()
        if section.heading
    ]
    own = [("始めた。", place), ("本市では、しない。", None)]
    assert told == [
        *(own if place else [("始めた。本市では、しない。", None)]),
        ("早い。", None),
        ("安い。", place),
    ]
