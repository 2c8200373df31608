"""What holds for one municipality holds for all, whatever their names look like."""

from collections import Counter

import pytest

from answer.question import Question, understand
from ingest.documents import Place
from ingest.places import all_places

CITIES = [place for place in all_places() if place.city]
SHARE = Counter(place.city for place in CITIES)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("{}ではAIを使っていますか？", True),
        ("塩尻市の職員です。{}ではどのように窓口を変えましたか？", True),
        ("私は{}の職員です。保育のAIを使っている自治体は？", False),
        ("{}以外でRPAを使っている市はどこですか？", False),
    ],
)
def test_a_question_reads_the_same_with_every_name(text: str, asks: bool) -> None:
    def read(place: Place) -> tuple[str, Question]:
        before = place.prefecture if SHARE[place.city] > 1 else ""
        name = f"{before}{place.city}"
        return name, understand(text.format(name))

    questions = {place: read(place) for place in CITIES}
    kinds = Counter((q.kind, q.mode, q.content, q.negated) for _, q in questions.values())
    assert kinds.total() == kinds.most_common(1)[0][1]
    wrong = [
        name for place, (name, q) in questions.items() if q.named != ({place} if asks else set())
    ]
    assert wrong == []
