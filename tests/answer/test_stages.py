"""What a question says it does not ask for: plans, trials, what ended."""

import pytest

from answer.stages import stages_left_out


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
    ],
)
def test_stages_left_out(text: str, states: str) -> None:
    assert stages_left_out(text) == frozenset(states.split())
