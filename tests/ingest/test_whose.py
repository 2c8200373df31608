"""The words that tell whose a sentence is, each by itself."""

import pytest

from ingest.places import find_places
from ingest.whose import goes_away, is_about, is_beside, is_of_others, speaks, words_of


@pytest.mark.parametrize(
    "before",
    [
        "○山田委員　", "◆鈴木議員 ", "①", "→", "✓ ", "（1）", "(a)", "（ア）", "（委員）",
        "（答）", "（例）",
        "ア　", "Ａ．", "a. ", "回答　", "答　", "例　", "委員：", "- 課長: ", "総務部長：",
        "市長：", "事務局：",
        "記者：", "質問：", "回答：", "答弁：", "問：", "答：", "例：", "Q：", "A：", "・", "1. ",
        "また、", "一方、",
        "さらに", "なお、", "次に、", "続いて、", "例えば、", "たとえば、", "まず", "特に、",
        "実際に、", "同様に、",
        "このうち、", "このほか、", "参考まで、", "隣接する", "同じ県内の", "県内では、", "In ",
        "昨年4月、", "今年度、",
        "一昨年から、", "同年に、", "翌年には、", "2023年5月、", "令和5年度、", "令和元年、",
        "人口43万人の",
        "人口約1.2万人の", "【", "（", "**", "[",
    ],
)  # fmt: skip
def test_what_comes_before_a_sentences_words_is_left_out(before):
    assert words_of(f"{before}町田市では、始めた。\n") == "町田市では、始めた。"


@pytest.mark.parametrize(
    "sentence",
    [
        "県内では、例がない。",
        "昨年度末に始めた。",
        "人口が減る。",
        "事務局が始めた。",
        "先進の市。",
    ],
)
def test_words_of_the_sentence_stay(sentence):
    assert words_of(sentence) == sentence


@pytest.mark.parametrize("who", "本市 当市 本町 当村 本区 本県 貴市 御市 わが町 我が市".split())
def test_who_speaks_has_no_name(who):
    assert speaks(f"{who}では、始めた。")
    assert speaks(f"昨年度{who}では、始めた。")


@pytest.mark.parametrize(
    "text",
    ["松本市は始めた。", "見本市に出た。", "日本市場は狭い。", "本市場は狭い。", "当区間は狭い。"],
)
def test_names_and_words_do_not_speak(text):
    assert not speaks(text)


@pytest.mark.parametrize("text", ["Our city began.", "In our town", "our village"])
def test_who_speaks_in_english(text):
    assert speaks(text)


def about(rest: str, name: str = "町田市") -> bool:
    text = name + rest
    return is_about(text, find_places(text)[0])


@pytest.mark.parametrize(
    "rest",
    [
        "は始めた。", "も始めた。", "では始めた。", "には庁舎がある。", "においては始めた。",
        "が始めた。", "によると減った。",
        "によれば減った。", "における効果。", "：始めた。", "様では始めた。", "役所は始めた。",
        "教育委員会は始めた。",
        "市民課は始めた。", "広報室は始めた。", "総務部も始めた。", "水道局が始めた。",
        "（東京都）は始めた。",
        "の図書館は始めた。", "の消防本部は始めた。", "の収集車には機器がある。",
        "の議事録の仕組みは早い。",
        "の訪問先では始めた。", "は訪問介護を記録した。",
        "の費用は安い。", "の費用が減る。", "の費用も減る。", "の事例では減った。",
        "の資料によると減った。",
        "の担当者に聞いたところ、安い。", "の課に伺ったところ、安い。", "の担当者は続けた。",
        "の役所は続けた。",
        "│始めた", "｜始めた", "／始めた", "→始めた", "…始めた", " ― 始めた",
        "　チャットボットを動かす", "】始めた",
        "》始めた", "）始めた", "](https://a.example)では始めた。", "**では始めた。",
        "（課長）　本市では昨年からRPAを使う。",
    ],
)  # fmt: skip
def test_a_sentence_is_about_the_place_it_begins_with(rest):
    assert about(rest)


@pytest.mark.parametrize(
    "rest",
    [
        "を見た。", "と始めた。", "が採用した製品は、売れた。", "が選んだ会社によると、安い。",
        "民は喜んだ。",
        *(f"の{who}は始めた。" for who in (
            "隣の市", "税理士", "農園", "博物館", "漁協", "神社", "商店", "病院", "学校", "農家",
            "劇団", "企業", "林業",
            "田中氏", "住人", "男性", "研究所", "利用者", "温泉組合", "連合会",
            "株式会社甲",
            "甲大学", "IT企業A", "工場", "市町村", "自治体", "メーカー", "ベンチャー",
            "スタートアップ", "支援", "協力",
        )),
        "の旅館では始めた。", "の旅館が始めた。", "の旅館も始めた。", "の旅館によると減った。",
        "の企業の製品は売れた。",
        "の男性（70）は始めた。",
        "は視察に来た。", "は視察した。", "は庁舎を訪れた。", "は県庁を訪問した。", "は見学した。",
        "にも照会する。", "には電話する。",
        "にも連絡する。", "に問い合わせも依頼もする。", "でも急ぐべきだとの意見が出た。",
        "でも急ぐとの意見が出た。",
        "は始めたか。", "は始めたか", "は始めた？", "では使うが、本市では紙である。",
    ],
)  # fmt: skip
def test_a_sentence_is_not_about_the_place_it_begins_with(rest):
    assert not about(rest)


@pytest.mark.parametrize(
    "rest",
    [
        "の職員が来た。", "の職員も来た。", "の職員から聞いた。", "の職員に見せた。",
        "の議員が来た。", "の議会から来た。",
        "の担当者が来た。", "と始めた。", "とは協力した。", "から来た。", "へ広げた。",
        "に広げた。", "を参考にした。", "より安い。",
        "まで走る。", "などと始めた。", "らと始めた。", "等と始めた。",
    ],
)  # fmt: skip
def test_a_place_may_be_named_beside_the_matter(rest):
    text = f"町田市{rest}"
    assert is_beside(text, find_places(text)[0])


@pytest.mark.parametrize(
    "rest",
    [
        "は始めた。", "では始めた。", "で始めた。", "も始めた。", "からは安いと聞いた。",
        "へは広げない。", "には広げない。",
        "にも広げた。", "における効果。", "とは比べない。", "、津市は始めた。", "の費用は安い。",
        "や津市は始めた。",
    ],
)  # fmt: skip
def test_a_place_that_does_something_is_not_beside_the_matter(rest):
    text = f"町田市{rest}"
    assert not is_beside(text, find_places(text)[0])


OTHERS = """
    他市 他の自治体 ほかの町 よその県 近隣の市 隣の市 隣接市 周辺市町 先進自治体 先行自治体
    同規模の自治体 多くの自治体 大半の市町村 すべての市 全ての市 各市町村 両市 ある市 別の市
    一部の市 導入済みの団体 三市 2つの市 300団体 A市 Ｂ町 ○○市 ××市 A社 県内 都内 府内 道内
    管内 全国 全国平均 国内 海外 民間 民間企業 政府 総務省 デジタル庁 国 県 甲乙社 株式会社甲
    企業 業者
""".split()


@pytest.mark.parametrize("who", OTHERS)
def test_sentences_of_others(who):
    assert is_of_others(f"{who}では、減った。", None)
    assert is_of_others(f"{who}の費用は減った。", None)
    assert goes_away(f"{who}も始めた。")
    assert not is_of_others(f"{who}に見せた。", None)


@pytest.mark.parametrize(
    "told",
    [
        "他市において始めた。", "他市は始めた。", "他市も始めた。", "他市には無い。",
        "他市にも有る。", "他市としては無い。",
        "他市で、始めた。", "他市で300時間減った。", "同様の仕組みは多い。", "同様の製品は多い。",
        "導入実績は300団体である。",
        "利用実績は300団体を超える。", "全国300園で使う。", "当社は大きい。", "当研究所は古い。",
        "当財団は古い。", "当機構は古い。",
        "当誌は古い。", "当会は古い。", "弊社の製品である。", "本誌は調べた。", "本書は調べた。",
        "本会は調べた。",
    ],
)  # fmt: skip
def test_other_forms_of_sentences_of_others(told):
    assert is_of_others(told, None)


@pytest.mark.parametrize(
    "told",
    [
        "他市と比べて安い。",
        "国の補助金を使った。",
        "市民は喜んだ。",
        "A社の製品を入れた。",
        "他市民は喜んだ。",
        "本庁では集約した。",
        "市庁では集約した。",
        "利用実績は年1000件である。",
        "氷川神社は配った。",
        "振興公社は配った。",
        "各区では端末を置いた。",
        "夜間は、民間企業では難しい対応をした。",
    ],
)
def test_sentences_of_the_town_itself(told):
    assert not is_of_others(told, None)


@pytest.mark.parametrize(
    "told",
    [
        "本市でも検討する。", "A社の製品は売れている。", "他の例もある。", "近隣も始めた。",
        "隣の町も始めた。", "隣接する町。",
        "全国に広がる。", "総務省が調べた。", "同社は大きい。", "当社は大きい。",
        "300団体が使う。", "うちも始める。",
        "その市は早い。", "同様の例がある。", "私はよいと思う。", "我々も始める。",
        "当課でも試した。", "当方は紙である。",
        "担当課としては慎重だ。", "委員会として求める。", "よいと思う。", "早いと考える。",
        "急ぐべきだ。", "求めたい。",
        "進めてほしい。", "できないか。", "使えますか。", "By contrast, it waits.",
        "Others wait.", "Its neighbors wait.",
        "Critics worry.", "They wait.", "I wait.", "We wait.",
    ],
)  # fmt: skip
def test_a_sentence_that_goes_away_from_a_town(told):
    assert goes_away(told)


@pytest.mark.parametrize(
    "told",
    [
        "費用は安い。",
        "年500時間を減らした。",
        "担当社員が来た。",
        "職員の6割が使う。",
        "国の交付金を使う。",
    ],
)
def test_a_sentence_that_goes_on_about_a_town(told):
    assert not goes_away(told)
