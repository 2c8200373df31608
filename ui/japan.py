"""Japan as a grid of tiles, one for each prefecture, about where it lies."""

from ingest.places import all_places

_ROWS = """
. . . . . . . . . . . 北海道
. . . . . . . . . . . 青森
. . . . . . . . . . 秋田 岩手
. . . . . . . . . . 山形 宮城
. . . . . . . . 石川 富山 新潟 福島
. . . . . . . 福井 岐阜 長野 群馬 栃木
. . . 島根 鳥取 兵庫 京都 滋賀 愛知 山梨 埼玉 茨城
. . 山口 広島 岡山 . 大阪 奈良 三重 静岡 東京 千葉
佐賀 福岡 大分 . . . 和歌山 . . . 神奈川 .
長崎 熊本 宮崎 . 愛媛 香川 . . . . . .
. 鹿児島 . . 高知 徳島 . . . . . .
沖縄 . . . . . . . . . . .
"""
_ENDINGS = {"東京": "都", "京都": "府", "大阪": "府", "北海道": ""}

TILES: dict[str, tuple[int, int]] = {
    f"{name}{_ENDINGS.get(name, '県')}": (x, y)
    for y, row in enumerate(_ROWS.split("\n")[1:-1])
    for x, name in enumerate(row.split())
    if name != "."
}
"""Column and row of each prefecture, from 0 at the top left."""

PREFECTURES = tuple(dict.fromkeys(place.prefecture for place in all_places()))
"""All prefectures in the official order, from north to south."""


def short_name(prefecture: str) -> str:
    """A prefecture without 県, 府 or 都, as maps write it."""
    return prefecture if prefecture == "北海道" else prefecture[:-1]
