"""Other names for towns of which invented documents tell.

A run without a third of the municipalities is to learn from as many invented sentences as any other
run, and yet from none that names one of these towns.
"""

import re
from collections.abc import Callable, Iterable

STEMS = (
    "碧原 霞沢 銀林 朝凪 星影 瑠璃川 翠丘 暁野 雪代 楓谷 水鏡 鈴音 藍浜 桐瀬 "
    "虹浦 石楠 篠笛 緋山 青嵐 夕凪 若葉野 霜月 白樺台 花衣 露草 茜里 紺瀬 薄氷 "
    "麦風 柚木沢 梢原 葦笛 鳩羽 澄川台 琥珀浜 群雲 早蕨 千草野 稲妻原 灯台岬"
).split()
"""No municipality is called so."""


def renaming(towns: Iterable[str], taken: Callable[[str], bool]) -> Callable[[str], str]:
    """What puts another name in the place of each town that is `taken`, wherever it stands.

    A town keeps its last letter (市, 町, 村, 区, 県). Raises ValueError for more towns than STEMS.
    """
    known = sorted(set(towns), key=lambda town: (-len(town), town))
    gone = [town for town in known if taken(town)]
    if not known:
        return lambda text: text
    names = {town: stem + town[-1] for town, stem in zip(gone, STEMS[: len(gone)], strict=True)}
    # The longest first: 津市 is no part of 大津市.
    any_town = re.compile("|".join(map(re.escape, known)))
    return lambda text: any_town.sub(lambda found: names.get(found[0], found[0]), text)
