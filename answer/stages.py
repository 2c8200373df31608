"""How far along a list asks that nothing is: 予定は除く, "not just planned"."""

import re
from dataclasses import dataclass

from answer.exclusions import NEEDLESS_JA, REMOVED_JA
from answer.states import State

_JA: dict[State, str] = {
    "planned": "計画|検討|予定|構想|準備",
    "trial": "実証(?:実験)?|試行(?:運用)?|試験(?:運用|導入|段階)|実験|トライアル"
    "|お?試し(?:た|ている|てる)?",
    "ended": "終了(?:した)?|終えた|終わった|中止(?:した)?|廃止(?:した)?|やめた|断念(?:した)?",
}
_EN: dict[State, str] = {
    "planned": "plans|planned|planning",
    "trial": "trials|pilots|experiments|trialled|piloted|tested",
    "ended": "ended|discontinued|abandoned|cancelled|stopped",
}
_ANY_JA, _ANY_EN = "|".join(_JA.values()), "|".join(_EN.values())
_ONES = "(?:もの|ところ|所|市町村|自治体|団体|事例|例|話|市|県|町)"
_CLAUSE = re.compile(
    rf"(?<![一-鿿])(?:{_ANY_JA})(?:中|段階|止まり|どまり)?(?:のみ|だけ)?(?:の?{_ONES})?"
    r"(?:(?:や|・|と|、|または|又は)[^、。()]{1,12}){0,2}?"
    rf"(?:は|を|も|なら)?、?(?:{REMOVED_JA}|{NEEDLESS_JA}|含(?:ま|め)(?:ない|ず)|対象外|以外)(?:で)?"
    r"|\b(?:not (?:just|only|merely)|(?<!have )(?<!has )(?<!with )no|excluding|except|leave out"
    rf"|(?<!that )skip) (?:the |mere |those )?(?:{_ANY_EN})\b(?! to\b)"
    rf"(?:,? (?:and|or|nor) (?:{_ANY_EN})\b(?: ones)?)?"
    rf"|\b(?:{_ANY_EN})(?: (?:and|or) (?:{_ANY_EN}))?(?: only| alone)?"
    r" (?:do(?:n['’]t| not) count|(?:are )?(?:excluded|left out))\b",
    re.IGNORECASE,
)
_TOLD = {state: re.compile(f"{_JA[state]}|{_EN[state]}", re.IGNORECASE) for state in _JA}
_BRACKETS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause that leaves out what has come as far as `states`, at [start, end)."""

    states: frozenset[State]
    start: int
    end: int


def find_left_out(text: str) -> tuple[LeftOut, ...]:
    """The clauses of a question in NFKC form that do so, each with the brackets around it."""
    return tuple(
        LeftOut(_states_in(found.group()), *_bracketed(text, *found.span()))
        for found in _CLAUSE.finditer(text)
    )


def _states_in(clause: str) -> frozenset[State]:
    return frozenset(state for state, told in _TOLD.items() if told.search(clause))


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    closing = _BRACKETS.get(text[start - 1 : start])
    return (start - 1, end + 1) if closing and text.startswith(closing, end) else (start, end)
