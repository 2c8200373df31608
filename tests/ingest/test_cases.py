import pytest

from ingest.cases import place_announced, place_of_title, sections_of
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


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("町田市DX推進計画", MACHIDA),
        ("町田市の窓口改革", MACHIDA),
        ("書かない窓口 | 町田市", MACHIDA),
        ("書かない窓口 - 町田市公式ホームページ", MACHIDA),
        ("RPAの導入状況（町田市）", MACHIDA),
        ("先進地視察報告（町田市）", None),
        ("町田市の取組に学ぶ", None),
        ("町田市の事例を踏まえた本市の方針", None),
        ("町田市の皆様へ", None),
        ("町田市など3市の取組", None),
        ("町田市ほかの取組", None),
        ("町田市の取組等について", MACHIDA),
        ("町田市民の声", None),
        ("町田市、RPAを導入", None),
        ("町田市とさいたま市の協定", None),
        ("さいたま市北区の取組", SAITAMA),
    ],
)
def test_the_place_that_a_title_names_as_its_own(title, place):
    assert place_of_title(title, "") == place


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


def subjects(text: str) -> list[tuple[str, str | None]]:
    return [
        (text[s.start : s.end].strip(), s.place.name if s.place else None)
        for s in sections_of(plain(text))
    ]


def test_a_sentence_under_no_case_says_whose_it_is_to_the_end_of_its_paragraph():
    text = (
        "多くの市が始めた。町田市では、RPAを使う。時間は半分になった。一方、三重県も試した。\n"
        "　さいたま市の職員は、続けた。\n終わりである。\n"
    )
    assert subjects(text) == [
        ("多くの市が始めた。", None),
        ("町田市では、RPAを使う。時間は半分になった。", "町田市"),
        ("一方、三重県も試した。", "三重県"),
        ("さいたま市の職員は、続けた。", "さいたま市"),
        ("終わりである。", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("町田市が始めた。", "町田市"),
        ("• 町田市は始めた。", "町田市"),
        ("町田市における効果は大きい。", "町田市"),
        ("広島県の府中市は始めた。", "府中市"),
        ("広島県の府中市と町田市は始めた。", None),
        ("広島県府中市は始めた。", "府中市"),
        ("府中市は始めた。", None),
        ("町田市と三重県は始めた。", None),
        ("町田市、さいたま市は始めた。", None),
        ("町田市が見たさいたま市は始めた。", None),
        ("町田市を見た。", None),
        ("町田市（東京都）では、始めた。", "町田市"),
        ("町田市役所では、始めた。", "町田市"),
        ("町田市によると、減った。", "町田市"),
        ("町田市：RPAを使う。", "町田市"),
        ("町田市の費用は安い。", "町田市"),
        ("町田市の企業A社は、納めた。", None),
        ("町田市の事例を参考に本市も始めた。", None),
        ("町田市の支援を受けた職員は続けた。", None),
        ("町田市の職員が視察に訪れた。", None),
        ("町田市は始め、さいたま市は続けた。", None),
        ("町田市では使うが、本市では紙である。", None),
        ("Machida City is not alone: our city pays.", None),
        ("町田市が採用した製品は、300団体が使う。", None),
        ("町田市が製品を採用した。", "町田市"),
        ("町田市のスタートアップは、納めた。", None),
        ("Machida City University began.", None),
        ("東京都では、町田市が始めた。", None),
        ("札幌市中央区では、始めた。", "札幌市"),
        ("港区では、始めた。", None),
        ("東京都港区では、始めた。", "港区"),
        ("Machida City's neighbor Saitama City began.", None),
        ("町田市民は喜んだ。", None),
        ("まず町田市は始めた。", None),
        ("Machida City began.", "町田市"),
        ("In Machida City, staff began.", "町田市"),
        ("Machida began.", None),
        ("Machida City and Saitama City began.", None),
        ("Machida City, Saitama City and others began.", None),
        ("Staff of Machida City began.", None),
    ],
)
def test_whose_a_sentence_is_by_its_beginning(sentence, place):
    assert subjects(sentence) == [(sentence, place)]


@pytest.mark.parametrize(
    "follows",
    [
        "これに対し、さいたま市は続けた。", "隣のさいたま市でも始めた。", "本市でも検討する。",
        "両市は続ける。", "全国では、300団体が使う。", "国は、補助する。",
        "By contrast, others wait.", "A社の製品は売れている。", "同社は大きい。",
        "貴市ではどうか。",
    ],
)  # fmt: skip
def test_a_case_that_a_sentence_opened_ends_with_one_of_others(follows):
    assert subjects(f"町田市では、始めた。{follows}費用は安い。") == [
        ("町田市では、始めた。", "町田市"),
        (f"{follows}費用は安い。", None),
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [("名古屋市の取組", "港区では、訓練した。"), ("川口市の取組", "栄町では、カメラを置いた。")],
)
def test_in_a_report_of_visitors_their_own_town_is_not_the_one_they_saw():
    text = "# 報告\n\n## 町田市の取組\n\n10分になった。本市では、40分かかる。\n"
    for title, place in (("先進地視察報告", None), ("先進事例集", MACHIDA)):
        seen = Document("a.md", text, 0, Metadata(title), markdown=True)
        assert sections_of(seen)[-1].place == place


@pytest.mark.parametrize("title", ["町田市への提言", "本市の方針", "所感"])
def test_a_heading_of_who_wrote_it_ends_the_case_above_it(title):
    text = f"# 報告\n\n## 町田市の取組\n\n文。\n\n### {title}\n\n文。\n"
    assert [place for _, place in told(markdown(text))] == [None, MACHIDA, None]


def test_a_part_of_a_city_is_no_town_elsewhere(title, text):
    place = place_of_title(title, text)
    assert place
    titled = Document("a.txt", text, 0, Metadata(title, place, by_title=True), markdown=True)
    assert [s.place for s in sections_of(titled)] == [place]


def test_sentences_of_the_same_place_stay_together_and_with_their_heading():
    text = "三重県の取組\n\n三重県は始めた。\n町田市は見た。\n町田市は真似た。\n三重県は続けた。\n"
    titled = Document("a.txt", text, 0, Metadata("三重県の取組", MIE, by_title=True), False)
    parts = [(text[s.start : s.end], s.place) for s in sections_of(titled)]
    assert parts == [
        ("三重県の取組\n\n三重県は始めた。\n", MIE),
        ("町田市は見た。\n町田市は真似た。\n", MACHIDA),
        ("三重県は続けた。\n", MIE),
    ]


def test_a_sentence_of_another_town_in_a_headings_case_is_of_that():
    text = "題名\n\n1. 町田市の事例\n\n始めた。さいたま市は先に始めた。安い。\n次の段落。\n"
    assert [(text[s.start : s.end].strip(), s.place) for s in sections_of(plain(text))][1:] == [
        ("1. 町田市の事例\n\n始めた。", MACHIDA),
        ("さいたま市は先に始めた。", SAITAMA),
        ("安い。", None),
        ("次の段落。", MACHIDA),
    ]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("隣のさいたま市では、紙である。", None),
        ("さいたま市から視察に来た。", MACHIDA),
        ("さいたま市の職員が視察に訪れた。", MACHIDA),
        ("さいたま市が視察に来た。", None),
        ("三重県も見学した。", MACHIDA),
        ("町田市では、安い。", MACHIDA),
        ("栄町では、カメラを置いた。", MACHIDA),
        ("> さいたま市では、紙である。", MACHIDA),
        ("全国では、300団体が使う。", None),
        ("当研究所は2010年に設立された。", None),
        ("本市では、40分かかる。", MACHIDA),
        ("さいたま市「AI窓口」を開いた。", None),
    ],
)
def test_whose_a_sentence_is_in_another_towns_case(sentence, place):
    text = f"題名\n\n1. 町田市の事例\n\n{sentence}\n"
    assert [place for _, place in told(plain(text))][-1] == place


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


# Headings.


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("町田市", MACHIDA),
        ("東京都町田市", MACHIDA),
        ("町田市の事例", MACHIDA),
        ("町田市の先進事例から学ぶ", MACHIDA),
        ("町田市のDX推進", MACHIDA),
        ("町田市：生成AIの活用", MACHIDA),
        ("町田市（東京都）", MACHIDA),
        ("町田市【東京都】", MACHIDA),
        ("【事例1】町田市", MACHIDA),
        ("事例２：町田市の取り組み", MACHIDA),
        ("ケース3 町田市", MACHIDA),
        ("三重県の取組", MIE),
        ("東京都府中市の事例", FUCHU_TOKYO),
        ("府中市の事例", None),
        ("町田", None),
        ("町田市と三重県の事例", None),
        ("町田市立図書館の事例", None),
        ("町田市でのRPA", None),
        ("自治体の事例", None),
        ("", None),
    ],
)
def test_place_announced_by_a_title(title, place):
    assert place_announced(title) == place


def test_place_announced_takes_the_namesake_whose_prefecture_the_body_names():
    assert place_announced("府中市の事例", "広島県東部の市である。") == FUCHU_HIROSHIMA
    assert place_announced("府中市の事例", "東京都と広島県にある。") is None
