"""What remains of a question without its frame, its places and its bounds."""

from datetime import date

import pytest

from answer.frame import content_of
from answer.question import understand

CONTENT: list[tuple[str, tuple[str, ...]]] = [
    ("RPAを使っているところはありますか？", ("rpa",)),
    ("RPAの事例をいくつか挙げてください", ("rpa",)),
    ("書かない窓口について具体的に知りたいです", ("書く", "窓口")),
    ("うちでも検討中なので、AI議事録の先進事例を探しています", ("ai", "議事録", "議事", "録")),
    (
        "AIチャットボットのような仕組みを入れた市があれば教えていただけますか",
        ("ai", "チャットボット", "仕組み"),
    ),
    ("参考にしたいので、テレワークの好事例を全部教えてください", ("テレワーク",)),
    (
        "こんにちは。大きな市でキャッシュレスを導入したところを教えてほしいです",
        ("キャッシュレス",),
    ),
    ("2020年以降に九州で電子決裁を始めた市", ("電子", "決裁")),
    ("令和5年度に1,000時間以上の残業を減らした自治体は？", ("残業", "減らす")),
    ("埼玉県内でRPAを使っている市町村", ("rpa",)),
    ("政令市でAI-OCRを使っているのはどこ", ("ai-ocr",)),
    ("住民がスマホで予約できる市はどこですか", ("住民", "スマホ", "予約")),
    ("職員にタブレットを配ってくれる町はある？", ("職員", "タブレット", "配る")),
    ("子育て支援などの通知をLINEで送る市", ("子育て", "支援", "通知", "line", "送る")),
    ("安い費用でできた良い例は？", ("安い", "費用")),
    (
        "Could you please tell me which cities use chatbots for garbage sorting?",
        ("chatbots", "garbage", "sorting"),
    ),
    (
        "I'm looking for examples of cities that have introduced paperless meetings since 2020",
        ("paperless", "meetings"),
    ),
    ("Are there any towns in Kyushu that use drones for delivery?", ("drones", "delivery")),
    ("Which municipalities saved more than 1,000 hours with RPA?", ("saved", "rpa")),
    ("How many cities offer online appointments?", ("online", "appointments")),
    ("Does Machida use generative AI?", ("generative", "ai")),
    ("What kind of systems does Yokosuka use for tourism?", ("systems", "tourism")),
    ("Which designated cities have AI-OCR?", ("ai-ocr",)),
    (
        "Please list all local governments that have tried electronic voting.",
        ("electronic", "voting"),
    ),
    ("どの市が電子投票を行いましたか", ("電子", "投票")),
    ("町田市とつくば市のRPAの違いを教えて", ("rpa",)),
    ("LINEで粗大ごみの申し込みができる市", ("line", "粗大塵", "粗大", "ごみ", "申し込み")),
    ("大きい画面で会議をしている町", ("大きい", "画面", "会議")),
    ("もっと詳しく知りたい", ()),
    ("AIで議事録を作成している自治体の一覧", ("ai", "議事録", "議事", "録", "作成")),
    ("何団体が電子契約を導入していますか", ("電子", "契約")),
    ("横須賀市はどのように生成AIを使っていますか", ("生成", "ai")),
    ("昨年度にドローンを使った町村", ("ドローン",)),
    ("半分以下に紙を減らした県は？", ("紙", "減らす")),
    ("デジタル化総合戦略2023を作った市", ("デジタル", "化", "総合", "戦略", "2023", "作る")),
    ("在宅勤務ができる役場、よろしくお願いいたします。", ("在宅勤務", "在宅", "勤務")),
    (
        "お世話になっております。総務課の担当者です。電子決裁率が高い市を教えていただけますでしょうか。",
        ("電子", "決裁", "率", "高い"),
    ),
    ("自治体のDXで失敗した例", ("dx", "失敗")),
    ("RPA 税 事例", ("rpa", "税")),
    ("Which city's app serves people's homes?", ("app", "serves", "people", "homes")),
    ("What does Fukuoka City's AI do?", ("ai",)),
    ("ＲＰＡ\u3000導入\u3000九州", ("rpa",)),
]


@pytest.mark.parametrize(("text", "content"), CONTENT)
def test_content(text: str, content: tuple[str, ...]) -> None:
    assert understand(text, date(2026, 2, 10)).content == content


def test_spans_are_cut_out_without_gluing_what_stands_around_them() -> None:
    assert content_of("RPA町田市AI", [(3, 6)]) == ("rpa", "ai")
