"""How far a thing has come, as a sentence tells it: planned, on trial, in use, or given up."""

import re
from typing import Literal

State = Literal["planned", "trial", "running", "ended"]
STATES: tuple[State, ...] = ("planned", "trial", "running", "ended")

_ENDED = re.compile(
    r"(?:導入|利用|運用|実証|試行|事業|サービス|提供|継続|契約)[^、。]{0,8}"
    r"(?:中止|見送|終了|廃止|取りやめ|断念|打ち切)"
    r"|(?:使用|利用|運用)をやめ|使わなくなっ"
)
_PLANNED = re.compile(
    r"(?:方針|予定|計画|見通し|考え)(?:で(?:ある|いる)|だ(?![っが])|としている|を(?:示|立て|表明)|[。]?$)"
    r"|検討(?:している|を進めている|する|に入|中)|目指(?:す|している)|(?:する|である)こととしている"
    r"|ていくとしている|たいとしている"
)
_TRIAL = re.compile(r"試行|試験(?:運用|導入|的)|実証|トライアル|お試し")


def state_of(text: str) -> State:
    """The state that a Japanese sentence tells of.

    What is said last counts most: the end of a thing, then a plan, then a trial. A sentence that
    tells of none of them tells of something in use.
    """
    if _ENDED.search(text):
        return "ended"
    if _PLANNED.search(text):
        return "planned"
    return "trial" if _TRIAL.search(text) else "running"
