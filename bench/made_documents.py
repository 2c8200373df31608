"""Documents like those of a town hall, made from a seed: no two sentences are alike."""

import random
from pathlib import Path

from ingest.places import all_places

CHARACTERS = 2000
SECTIONS = ("背景", "取り組み", "効果", "今後の課題")
SUBJECTS = (
    "住民票の写しの交付", "保育所の入所選考", "避難所の受付", "道路の損傷の通報", "議会答弁の準備",
    "職員の勤怠の集計", "税の納付の案内", "介護認定の調査", "図書の予約", "粗大ごみの申込み",
    "防災無線の放送", "会議録の作成", "電子決裁", "窓口の混雑の案内", "農地の現況の確認",
)  # fmt: skip
MEANS = (
    "RPA", "生成AI", "AI-OCR", "チャットボット", "オンライン申請", "タブレット端末", "ドローン",
    "センサー", "マイナンバーカード", "地図の公開", "キャッシュレス決済", "書かない窓口",
)  # fmt: skip
SENTENCES = (
    "{place}は{year}年{month}月から、{subject}に{means}を使っている。",
    "{subject}にかかる時間は、年間{many}時間から{few}時間に減った。",
    "対象は{few}の部署で、職員{many}人が{means}の研修を受けた。",
    "{means}の導入費用は{many}万円で、国の交付金を{few}割充てた。",
    "利用者への調査では、{few}％が「{subject}が便利になった」と答えた。",
    "{month}月には{place}の{few}か所の支所でも、{subject}を{means}でできるようにした。",
    "紙で届く申請は{many}件から{few}件になり、{subject}の担当者の残業が減った。",
    "課題は、{means}を使えない高齢者への支援であり、{year}年度に講習会を{few}回開く。",
)


def document(number: int, characters: int = CHARACTERS) -> str:
    """A Markdown document of about so many characters; the same for the same number."""
    chance = random.Random(number)
    places = [place for place in all_places() if place.city]
    place = places[number * 7 % len(places)]
    parts = [f"# {place.name}：{chance.choice(SUBJECTS)}\n"]
    for section in SECTIONS:
        parts.append(f"\n## {section}\n\n")
        length = 0
        while length < characters / len(SECTIONS):
            said = chance.choice(SENTENCES).format(
                place=place.name,
                year=chance.randrange(2016, 2026),
                month=chance.randrange(1, 13),
                subject=chance.choice(SUBJECTS),
                means=chance.choice(MEANS),
                many=chance.randrange(100, 100_000),
                few=chance.randrange(2, 100),
            )
            parts.append(said + chance.choice(("", "", "\n\n")))
            length += len(said)
    return "".join(parts) + "\n"


def write_documents(folder: Path, n: int, characters: int = CHARACTERS) -> None:
    """Writes documents 0 to n - 1 into a folder of up to 100 files each."""
    for number in range(n):
        path = folder / f"{number // 100:03}" / f"{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number, characters), "utf-8")
