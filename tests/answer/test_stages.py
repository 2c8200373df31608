"""What a question says it does not ask for: plans, trials, what ended."""

import pytest

from answer.question import understand
from answer.stages import find_left_out


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("RPAを使う市は?", ""),
        ("予定は除く", "planned"),
        ("構想や予定だけの所は除く", "planned"),
        ("検討中は要らない", "planned"),
        ("計画中のものは抜きで", "planned"),
        ("準備中は不要", "planned"),
        ("予定は含めない", "planned"),
        ("(実証だけの所は不要)", "trial"),
        ("試行と計画は除いて", "planned trial"),
        ("試行だけ、終了したものは除く", "ended trial"),
        ("やめた所は除く", "ended"),
        ("試行中でも可", ""),
        ("試しただけのところは除いて", "trial"),
        ("予定のものは除外して", "planned"),
        ("採用試験以外でAIを使う市", ""),
        ("防災計画や避難所を除く事例", ""),
        ("予定も含む", ""),
        ("計画を立てた市は?", ""),
        ("町田市以外で実証した市", ""),
        ("RPA in use, not just planned", "planned"),
        ("excluding plans", "planned"),
        ("Plans do not count", "planned"),
        ("no trials or plans", "planned trial"),
        ("Leave out trials and abandoned ones.", "ended trial"),
        ("pilots excluded", "trial"),
        ("with no pilot on board", ""),
        ("Who plans to use drones?", ""),
        ("Which cities have no plans to use AI?", ""),
        ("no plans to use AI", ""),
        ("Towns that skip tests when hiring", ""),
    ],
)
def test_stages_left_out(text: str, states: str) -> None:
    found = [state for clause in find_left_out(text) for state in clause.states]
    assert sorted(found) == sorted(states.split())


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("RPAを使う自治体は?(計画や実証だけの所は要らない)", "RPAを使う自治体は?"),
        ("予定は除いてRPAを使う自治体は?", "RPAを使う自治体は?"),
        ("Which cities use RPA, not just planned?", "Which cities use RPA, ?"),
    ],
)
def test_clause_is_no_part_of_what_is_asked(text: str, rest: str) -> None:
    (clause,) = find_left_out(text)
    assert text[: clause.start] + text[clause.end :] == rest
    assert understand(text).content == understand(rest).content
    assert (clause.start, clause.end) in understand(text).condition_spans(dated=False)


def test_only_a_list_leaves_anything_out() -> None:
    assert understand("RPAを使う自治体は？予定は除く").stages == {"planned"}
    assert not understand("つくば市と長岡市のRPAの違いは？予定は除く").stages
    assert not understand("つくば市のRPAは何業務？予定は除く").stages


def test_clause_of_many_parts_is_read_in_one_go() -> None:
    # Twice as long with each part, if every way to cut it is tried: this would not end.
    assert not find_left_out("計画" + "や計画と" * 120)
