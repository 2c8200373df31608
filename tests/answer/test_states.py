"""How far a thing has come, by its sentence."""

import pytest

from answer.states import state_of


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("さいたま市は、入力事務をRPAで自動化している。", "running"),
        ("市は、生成AIを取り入れる方針である。", "planned"),
        ("来年度に全庁へ広げる予定としている。", "planned"),
        ("AIを安全に利用するための指針も作成することとしている。", "planned"),
        ("導入に向けて検討を進めている。", "planned"),
        ("ChatGPTの試行では、半数の職員が使った。", "trial"),
        ("避難所の受付をデジタル化する実証を行った。", "trial"),
        ("費用がかさみ、導入を見送った。", "ended"),
        ("3年で利用を終了した。", "ended"),
        ("試行を経て、本格的な利用を検討している。", "planned"),
        # Words that only look like a state.
        ("予定だったが、半導体の不足で遅れた末に稼働した。", "running"),
        ("DX推進計画の下で、窓口を改めた。", "running"),
        ("押印を廃止した。", "running"),
    ],
)
def test_state_of(text: str, state: str) -> None:
    assert state_of(text) == state
