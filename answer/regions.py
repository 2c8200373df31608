"""The regions of Japan: their prefectures, and what they are called."""

import re

from index.terms import fold_width

_TOHOKU_NORTH, _TOHOKU_SOUTH = "青森県 岩手県 秋田県", "宮城県 山形県 福島県"
_KANTO_NORTH, _KANTO_SOUTH = "茨城県 栃木県 群馬県", "埼玉県 千葉県 東京都 神奈川県"
_SHIKOKU = "徳島県 香川県 愛媛県 高知県"
_KOSHIN, _SHINETSU = "山梨県 長野県", "長野県 新潟県"
_HOKURIKU = "富山県 石川県 福井県"
_TOKAI = "岐阜県 静岡県 愛知県 三重県"
_CHUGOKU = "鳥取県 島根県 岡山県 広島県 山口県"
_KYUSHU_NORTH = "福岡県 佐賀県 長崎県 熊本県 大分県"
_KYUSHU_SOUTH = "宮崎県 鹿児島県"
_KINKI = "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県"
_TOHOKU, _KANTO = f"{_TOHOKU_NORTH} {_TOHOKU_SOUTH}", f"{_KANTO_NORTH} {_KANTO_SOUTH}"
_KYUSHU = f"{_KYUSHU_NORTH} {_KYUSHU_SOUTH}"
# As the telephone companies divide the country: no prefecture lies in both, or in none.
_EAST = f"北海道 {_TOHOKU} {_KANTO} {_KOSHIN} 新潟県"
_WEST = f"{_HOKURIKU} {_TOKAI} {_KINKI} {_CHUGOKU} {_SHIKOKU} {_KYUSHU} 沖縄県"
REGIONS: dict[str, tuple[str, str]] = {
    "東日本": (_EAST, "eastern Japan"),
    "西日本": (_WEST, "western Japan"),
    "東北": (_TOHOKU, "Tohoku"),
    "北東北": (_TOHOKU_NORTH, "northern Tohoku"),
    "南東北": (_TOHOKU_SOUTH, "southern Tohoku"),
    "関東": (_KANTO, "Kanto"),
    "北関東": (_KANTO_NORTH, "northern Kanto"),
    "南関東": (_KANTO_SOUTH, "southern Kanto"),
    "首都圏": (f"{_KANTO} 山梨県", "greater Tokyo"),
    "東京圏": (_KANTO_SOUTH, "the Tokyo area"),
    "関東甲信越": (f"{_KANTO} {_KOSHIN} 新潟県", "Kanto-Koshinetsu"),
    "関東甲信": (f"{_KANTO} {_KOSHIN}", "Kanto-Koshin"),
    "甲信": (_KOSHIN, "Koshin"),
    "信越": (_SHINETSU, "Shin'etsu"),
    "北信越": (f"{_SHINETSU} {_HOKURIKU}", "Hokushin'etsu"),
    "北陸信越": (f"{_SHINETSU} {_HOKURIKU}", "Hokuriku-Shin'etsu"),
    "甲信越": ("山梨県 長野県 新潟県", "Koshinetsu"),
    "北陸": (_HOKURIKU, "Hokuriku"),
    "東海北陸": (f"{_TOKAI} {_HOKURIKU}", "Tokai-Hokuriku"),
    "中京圏": ("岐阜県 愛知県 三重県", "greater Nagoya"),
    "東海": (_TOKAI, "Tokai"),
    "中部": (
        "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県", "Chubu",
    ),
    "京阪神": ("京都府 大阪府 兵庫県", "Keihanshin"),
    "近畿": (f"{_KINKI} 三重県", "Kinki"),
    "関西": (_KINKI, "Kansai"),
    "中国地方": (_CHUGOKU, "the Chugoku region"),
    "中四国": (f"{_CHUGOKU} {_SHIKOKU}", "Chugoku and Shikoku"),
    "山陰": ("鳥取県 島根県", "San'in"),
    "山陽": ("岡山県 広島県 山口県", "San'yo"),
    "四国": (_SHIKOKU, "Shikoku"),
    "九州": (_KYUSHU, "Kyushu"),
    "北部九州": (_KYUSHU_NORTH, "northern Kyushu"),
    "南九州": ("熊本県 宮崎県 鹿児島県", "southern Kyushu"),
    "九州北部": (_KYUSHU_NORTH, "northern Kyushu"),
    "九州南部": ("熊本県 宮崎県 鹿児島県", "southern Kyushu"),
    "北海道・東北": (f"北海道 {_TOHOKU}", "Hokkaido and Tohoku"),
    "東北・北海道": (f"北海道 {_TOHOKU}", "Hokkaido and Tohoku"),
    "北海道東北": (f"北海道 {_TOHOKU}", "Hokkaido and Tohoku"),
    "九州・沖縄": (f"{_KYUSHU} 沖縄県", "Kyushu and Okinawa"),
    "九州沖縄": (f"{_KYUSHU} 沖縄県", "Kyushu and Okinawa"),
    "都内": ("東京都", "within Tokyo"),
    "道内": ("北海道", "within Hokkaido"),
}  # fmt: skip
"""Regions: their prefectures, and their names in English."""

ENGLISH_NAMES: dict[str, str] = {
    **{
        english.lower(): name
        for name, (_, english) in reversed(REGIONS.items())
        if not english.startswith(("the ", "within ", "greater ", "Tokai"))
    },
    "eastern japan": "東日本", "east japan": "東日本",
    "western japan": "西日本", "west japan": "西日本",
    "koshin'etsu": "甲信越", "shinetsu": "信越", "hokushinetsu": "北信越",
    "hokuriku-shinetsu": "北陸信越", "hokuriku shinetsu": "北陸信越", "kansai": "関西",
    "sanin": "山陰", "sanyo": "山陽",
}  # fmt: skip
"""Regions by their English names in lower case, those aside that name other things too."""

_ALONE = {"中国": "中国地方", "chugoku": "中国地方", "tokai": "東海", "greater tokyo": "首都圏"}
"""Names that also mean other things, but not where a region is asked for."""
_WHOLE = {"北海道": "北海道", "hokkaido": "北海道", "沖縄": "沖縄県", "okinawa": "沖縄県"}
_AROUND = re.compile(r"^the |(?:地方|地域|エリア| region| area| district)$")


def area_named(name: str) -> frozenset[str] | None:
    """The prefectures of a region by its name, 九州 or Kyushu; None if there is no such region."""
    plain = " ".join(fold_width(name).replace("’", "'").lower().split())
    for called in (plain, _AROUND.sub("", plain)):
        label = ENGLISH_NAMES.get(called) or _ALONE.get(called, called)
        if label in REGIONS:
            return frozenset(REGIONS[label][0].split())
        if label in _WHOLE:
            return frozenset({_WHOLE[label]})
    return None
