"""Why there is no answer, in words."""

import pytest

from answer.question import understand
from answer.wording import absent_places, why_refused
from tests.answer.made import MACHIDA, SAITAMA

HERE = frozenset({SAITAMA, MACHIDA})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("町田市の窓口は？", "9文書を調べました。町田市の文書はありますが、"),
        # Of Kyoto there is none, so it is not said to have some.
        ("町田市と京都市の窓口は？", "9文書を調べました。町田市の文書はありますが、"),
        ("さいたま市と町田市の窓口は？", "さいたま市、町田市の文書はありますが、"),
        ("Does Machida City or Saitama City use it?", "some about Machida City, Saitama City,"),
        ("窓口は？", "9文書を調べましたが、お尋ねの内容を述べた文はありません。"),
    ],
)
def test_refusal_names_the_places_of_which_there_is_something(question: str, said: str) -> None:
    told = why_refused(understand(question), (), (), HERE, 9)
    assert told
    assert said in told


def test_prefecture_is_known_by_its_towns() -> None:
    assert absent_places(understand("埼玉県の窓口は？"), HERE) == []
    assert absent_places(understand("京都府と町田市の窓口は？"), HERE) == ["京都府"]
