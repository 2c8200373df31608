"""Sentences that say themselves whose they are."""

import pytest

from ingest.announced import place_of_title
from ingest.cases import sections_of
from ingest.documents import Document, Metadata
from tests.ingest.test_cases import MACHIDA, MIE, SAITAMA, plain, told


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
        ("まず町田市は始めた。", "町田市"),
        ("Machida City began.", "町田市"),
        ("In Machida City, staff began.", "町田市"),
        ("Machida began.", None),
        ("Machida City and Saitama City began.", None),
        ("Machida City, Saitama City and others began.", None),
        ("Staff of Machida City began.", None),
        ("松本市では、始めた。", "松本市"),
        ("熊本県荒尾市は始めた。", "荒尾市"),
        ("町田市は見本市に出した。", "町田市"),
        ("町田市は、昨年度本市が始めた窓口を見た。", None),
        ("○山田委員　町田市では、始めた。", "町田市"),
        ("①町田市は始めた。", "町田市"),
        ("（１）町田市は始めた。", "町田市"),
        ("昨年4月、町田市は始めた。", "町田市"),
        ("人口43万人の町田市では、始めた。", "町田市"),
        ("東京都にある町田市では、始めた。", "町田市"),
        ("府中市（広島県）では、始めた。", "府中市"),
        ("札幌市豊平区では、始めた。", "札幌市"),
        ("町田市市民課によると、減った。", "町田市"),
        ("町田市様では、始めた。", "町田市"),
        ("これに対し、町田市は続けた。", "町田市"),
        ("仕組みを、町田市が始めた。", "町田市"),
        ("同じ県の町田市は続けた。", "町田市"),
        ("A社は、町田市では売れたと話す。", None),
        ("A社（本社：町田市）が始めた。", None),
        ("「町田市は便利だ」と話す。", None),
        ("合併前の旧町田市は始めた。", None),
        ("町田市は、さいたま市、三重県津市と共同で始めた。", "町田市"),
        ("町田市は、さいたま市と共同で始めた。", "町田市"),
        ("【町田市】RPAを始めた。", "町田市"),
        ("（町田市）RPAを始めた。", "町田市"),
        ("[町田市](https://example.jp/)では、始めた。", "町田市"),
        ("**町田市**では、始めた。", "町田市"),
        ("町田市：当市では昨年から使う。", "町田市"),
        ("町田市　チャットボットを動かす。", "町田市"),
        ("町田市の事例では、誤りがなくなった。", "町田市"),
        ("町田市長は「広げたい」と述べた。", None),
        ("町田市の税理士は、電子申告を扱う。", None),
        ("町田市の温泉組合は、予約を受ける。", None),
        ("町田市の男性（70）は、教室に通う。", None),
        ("町田市の工場では、ロボットが動く。", None),
        ("町田市の担当者は続けた。", "町田市"),
        ("町田市ではRPAを入れているか。", None),
        ("町田市はどうか？", None),
    ],
)
def test_whose_a_sentence_is_by_its_beginning(sentence, place):
    assert subjects(sentence) == [(sentence, place)]


@pytest.mark.parametrize(
    "follows",
    [
        "本市でも検討する。",
        "両市は続ける。", "全国では、300団体が使う。", "国は、補助する。",
        "By contrast, others wait.", "A社の製品は売れている。", "同社は大きい。",
        "貴市ではどうか。", "他自治体でも広がる。", "ある市では、やめた。", "多くの自治体が続く。",
        "政府は、補助する。", "県内では、例がない。", "私はよいと思う。",
        "担当課としては慎重である。", "委員会として求めたい。", "予算を付けるべきである。",
        "Critics worry.",
    ],
)  # fmt: skip
def test_a_case_that_a_sentence_opened_ends_with_one_of_others(follows):
    assert subjects(f"町田市では、始めた。{follows}費用は安い。") == [
        ("町田市では、始めた。", "町田市"),
        (f"{follows}費用は安い。", None),
    ]


def test_a_case_goes_on_with_what_only_looks_like_other_bodies():
    text = "町田市では、始めた。日本市場は狭い。担当社員が来た。"
    assert subjects(text) == [(text, "町田市")]


def test_in_a_report_of_visitors_their_own_town_is_not_the_one_they_saw():
    text = "# 報告\n\n## 町田市の取組\n\n10分になった。本市では、40分かかる。\n"
    for title, place in (("先進地視察報告", None), ("先進事例集", MACHIDA)):
        seen = Document("a.md", text, 0, Metadata(title), markdown=True)
        assert sections_of(seen)[-1].place == place


def test_after_another_town_the_own_one_speaks_of_itself_again():
    text = "# 町田市の取組\n\nさいたま市は始めた。安い。本市も始めた。速い。\n"
    titled = Document("a.md", text, 0, Metadata("取組", MACHIDA, by_title=True), True)
    parts = [(text[s.content_start : s.end].strip(), s.place) for s in sections_of(titled)]
    assert parts[-3:] == [
        ("さいたま市は始めた。", SAITAMA),
        ("安い。", None),
        ("本市も始めた。速い。", MACHIDA),
    ]


def test_in_its_own_minutes_a_town_speaks_of_itself():
    text = "本市では、40分かかる。他市では、10分である。\n"
    minutes = Document("a.md", text, 0, Metadata("町田市議会会議録", MACHIDA, by_title=True), True)
    assert [s.place for s in sections_of(minutes)] == [MACHIDA, None]


def test_a_prefecture_tells_of_its_towns_to_the_end_of_a_paragraph():
    text = "県は、調べた。津市は始めた。半分になった。他市では、紙である。\n県が続ける。\n"
    titled = Document("a.md", text, 0, Metadata("三重県の取組", MIE, by_title=True), True)
    parts = [(text[s.start : s.end].strip(), s.place and s.place.name) for s in sections_of(titled)]
    assert parts == [
        ("県は、調べた。", "三重県"),
        ("津市は始めた。半分になった。", "津市"),
        ("他市では、紙である。", None),
        ("県が続ける。", "三重県"),
    ]


def test_a_prefecture_is_who_is_meant_in_its_own_document():
    text = "県は、続ける。国は、補助する。県内では、5市町が使う。そこで、県では始めた。\n"
    titled = Document("a.md", text, 0, Metadata("三重県の取組", MIE, by_title=True), True)
    parts = [(text[s.start : s.end].strip(), s.place) for s in sections_of(titled)]
    assert parts == [
        ("県は、続ける。", MIE),
        ("国は、補助する。", None),
        ("県内では、5市町が使う。そこで、県では始めた。", MIE),
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [("名古屋市の取組", "港区では、訓練した。"), ("川口市の取組", "栄町では、カメラを置いた。")],
)
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
        ("隣のさいたま市では、紙である。", SAITAMA),
        ("さいたま市から視察に来た。", MACHIDA),
        ("さいたま市の職員が視察に訪れた。", MACHIDA),
        ("さいたま市が視察に来た。", None),
        ("三重県も見学した。", MACHIDA),
        ("三重県では、始めた。", MIE),
        ("町田市では、安い。", MACHIDA),
        ("栄町では、カメラを置いた。", MACHIDA),
        ("> さいたま市では、紙である。", MACHIDA),
        ("全国では、300団体が使う。", None),
        ("当研究所は2010年に設立された。", None),
        ("本市では、40分かかる。", MACHIDA),
        ("さいたま市と共同で調達した。", MACHIDA),
        ("町田市は、さいたま市のRPAを使った。", MACHIDA),
        ("町田市の費用はさいたま市の半分である。", MACHIDA),
        ("さいたま市より10分短い。", MACHIDA),
        ("さいたま市に広げ、半分にした。", MACHIDA),
        ("さいたま市で半分にした例がある。", None),
        ("さいたま市、三重県などでも使う。", None),
        ("さいたま市の場合、半分になった。", None),
        ("参考にしたさいたま市の費用は安い。", SAITAMA),
        ("さいたま市でも使われている。", SAITAMA),
        ("さいたま市からは、安いと聞いた。", None),
        ("さいたま市長は、安いと話す。", MACHIDA),
        ("他市では、例がある。", None),
        ("近隣の市では、手作業である。", None),
        ("同規模の自治体では、減った。", None),
        ("A市では、減った。", None),
        ("デジタル庁は、求めている。", None),
        ("民間企業では、普及している。", None),
        ("国の補助金を使った。", MACHIDA),
        ("他市と比べて安い。", MACHIDA),
        ("A社の製品を入れた。", MACHIDA),
        ("嬬恋村では、始めた。", "嬬恋村"),
        ("さいたま市「AI窓口」を開いた。", None),
    ],
)
def test_whose_a_sentence_is_in_another_towns_case(sentence, place):
    text = f"題名\n\n1. 町田市の事例\n\n{sentence}\n"
    found = [place for _, place in told(plain(text))][-1]
    assert (found and found.name if isinstance(place, str) else found) == place
