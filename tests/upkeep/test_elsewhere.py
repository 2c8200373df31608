"""Questions that are asked of another place than the one they were written for."""

from evaluation.questions import JudgedQuestion
from messages import Lang
from tests.evaluation.samples import question
from upkeep.elsewhere import asked_elsewhere, origin_of


def fact(
    id: str, text: str, town: str, lang: Lang = "ja", acceptable: tuple[str, ...] = ()
) -> JudgedQuestion:
    return JudgedQuestion(
        id, "fact", lang, text, (town,), answer_contains=("5",), acceptable=acceptable
    )


MACHIDA = fact("q1", "町田市のRPAの費用は?", "町田市")
OTSU = fact("q2", "大津市では紙を何枚へらした?", "大津市")
OGUNI = fact("q3", "小国町のアプリは何日で出来た?", "小国町")


def texts(*questions: JudgedQuestion) -> list[str]:
    return [found.question for found in asked_elsewhere(questions)]


def test_each_is_asked_of_every_other_town_of_its_kind() -> None:
    """A 町 cannot stand for a 市, and no name for itself."""
    found = asked_elsewhere([MACHIDA, OTSU, OGUNI])
    assert [(q.id, q.question) for q in found] == [
        ("q1@大津市", "大津市のRPAの費用は?"),
        ("q2@町田市", "町田市では紙を何枚へらした?"),
    ]
    for asked in found:
        assert (asked.type, asked.gold, asked.answer_contains) == ("none", (), ())
    assert [origin_of(q.id) for q in found] == ["q1", "q2"]


def test_name_is_replaced_where_it_stands_whatever_the_width_before_it() -> None:
    wide = fact("q4", "ＲＰＡ㈱の費用は、佐賀市でいくら?", "佐賀市")
    assert texts(wide, MACHIDA) == ["RPA(株)の費用は、町田市でいくら?", "佐賀市のRPAの費用は?"]


def test_name_is_replaced_where_it_stands_after_a_greeting_that_is_left_out() -> None:
    greeted = fact("q5", "こんにちは。佐賀市のＲＰＡの費用は?", "佐賀市")
    assert texts(greeted, OTSU) == ["大津市のRPAの費用は?", "佐賀市では紙を何枚へらした?"]


def test_english_names_keep_their_form() -> None:
    """ "Kosai" can stand for "Saga", "Fukaya City" and "Oguni's" for neither."""
    given = (
        fact("a", "How many people use the app in Kosai?", "湖西市", "en"),
        fact("b", "What did Kitami save?", "北見市", "en"),
        fact("c", "What did Fukaya City save on paper?", "深谷市", "en"),
        fact("d", "What did Oguni's app cost?", "小国町", "en"),
    )
    assert texts(MACHIDA, *given) == [
        "How many people use the app in Kitami?",
        "What did Kosai save?",
    ]


def test_no_place_stands_for_one_that_lies_in_it() -> None:
    town = fact("a", "湖西市の費用は?", "湖西市")
    whole = fact("b", "静岡県の効果は?", "静岡県")
    other = fact("c", "三重県の職員は何人へった?", "三重県")
    assert texts(town, whole, other) == ["三重県の効果は?", "静岡県の職員は何人へった?"]
    # "Hiroshima" is the city or the prefecture, and that holds Kure.
    either = fact("d", "What did Hiroshima save?", "広島市", "en")
    inside = fact("e", "How many people use the app in Kure?", "呉市", "en")
    assert texts(either, inside) == []


def test_only_facts_that_name_one_place_are_asked_elsewhere() -> None:
    lists = question("list", ("大津市",), id="l", question="大津市の紙の事例は?")
    two = fact("t", "町田市と大津市の費用の差は?", "町田市")
    spoken = question("fact", ("津市",), id="s", question="津市は?", history=("紙を減らした市は?",))
    none = question("none", (), id="n", question="津市の空飛ぶ車は?")
    assert texts(MACHIDA, lists, two, spoken, none) == []


def test_towns_that_may_answer_the_same_question_do_not_swap() -> None:
    both = question("fact", ("町田市", "大津市"), id="b", question="大津市の費用は?")
    assert texts(MACHIDA, both) == []
    arguable = fact("c", "大津市の費用は?", "大津市", acceptable=("町田市",))
    assert texts(MACHIDA, arguable) == []


def test_what_the_set_asks_itself_is_not_asked_again() -> None:
    same = [fact(f"q{town}", f"{town}の費用は?", town) for town in ("町田市", "大津市")]
    assert texts(*same) == []
    found = texts(*same, fact("q", "佐賀市の人手は?", "佐賀市"))
    # Nor is anything asked twice.
    assert sorted(found) == ["佐賀市の費用は?", "大津市の人手は?", "町田市の人手は?"]


def test_at_most_three_other_places_and_the_same_ones_each_time() -> None:
    towns = ("町田市", "大津市", "佐賀市", "湖西市", "深谷市", "北見市")
    given = [fact(f"q{i}", f"{town}の費用{i}は?", town) for i, town in enumerate(towns)]
    given.append(fact("again", "町田市の人手は?", "町田市"))
    found = asked_elsewhere(given)
    assert found == asked_elsewhere(given)
    for one in given:
        moved = [q.id for q in found if origin_of(q.id) == one.id]
        assert len(moved) == len(set(moved)) == 3
