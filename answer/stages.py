"""How far along a list asks that nothing is: 予定は除く, "not just planned"."""

import re

from answer.states import State

_JA: dict[State, str] = {
    "planned": "計画|検討|予定|構想|準備",
    "trial": "実証(?:実験)?|試行(?:運用)?|試験(?:運用|導入)?|実験|トライアル",
    "ended": "終了(?:した)?|終えた|終わった|中止(?:した)?|廃止(?:した)?|やめた|断念(?:した)?",
}
_EN: dict[State, str] = {
    "planned": "plans|planned|planning",
    "trial": "trials|pilots|tests|experiments|trialled|piloted|tested",
    "ended": "ended|discontinued|abandoned|cancelled|stopped",
}
_ONES = "(?:もの|ところ|所|市町村|自治体|団体|事例|例|話|市|県|町)"
_LEFT_OUT = {
    state: re.compile(
        rf"(?:{_JA[state]})(?:中|段階|止まり|どまり|のみ|だけ)?(?:の?{_ONES})?"
        r"(?:(?:や|・|と|、|または|又は)[^、。()]{1,12})?"
        r"(?:は|を|も|なら)?、?(?:除[いきくか]|のぞ[いきくか]|要ら|いら[なん]|いりません|抜き|不要"
        r"|含(?:ま|め)(?:な|ず)|対象外|以外)"
        r"|\b(?:not (?:just|only|merely)|no|without|excluding|except|leave out|skip)"
        rf" (?:the |mere |those )?(?:\w+ (?:and|or) )?(?:{_EN[state]})\b"
        rf"|\b(?:{_EN[state]})(?: (?:and|or) \w+)?(?: only| alone)?"
        r" (?:do(?:n['’]t| not) count|(?:are )?(?:excluded|left out))\b",
        re.IGNORECASE,
    )
    for state in _JA
}


def stages_left_out(text: str) -> frozenset[State]:
    """The states of things that a question in NFKC form does not ask for."""
    return frozenset(state for state, told in _LEFT_OUT.items() if told.search(text))
