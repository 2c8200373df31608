import pytest

from ingest.documents import Document, Metadata, Place


def paged(*starts: int) -> Document:
    return Document("docs/a.txt", "あ" * 30, 0, Metadata("題"), markdown=False, page_starts=starts)


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (9, 1), (10, 2), (19, 2), (20, 3), (29, 3)])
def test_page_at_is_the_page_that_holds_the_character(offset, page):
    assert paged(0, 10, 20).page_at(offset) == page


def test_page_at_without_pages_is_none():
    assert paged().page_at(5) is None


def test_name_of_a_place_is_its_city_or_its_prefecture():
    assert Place("111007", "埼玉県", "さいたま市", "Saitama City").name == "さいたま市"
    assert Place("240001", "三重県", None, "Mie Prefecture").name == "三重県"
