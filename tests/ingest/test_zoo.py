"""Every file of the zoo is read with its characters balanced, or fails as it has to."""

import pytest

from errors import JireiError
from ingest.documents import Document, FileReport, Ingested
from ingest.folders import ingest
from tests.ingest.animals import Animal
from tests.ingest.samples import one_form
from tests.ingest.zoo import all_animals, make_zoo

ANIMALS = list(all_animals())


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    folder = tmp_path_factory.mktemp("all") / "zoo"
    folder.mkdir()
    make_zoo(folder)
    with pytest.MonkeyPatch.context() as patch:
        # What Tesseract or LibreOffice would read is to be the same with and without them.
        patch.setenv("PATH", "")
        return ingest([folder])


def of(name: str, zoo: Ingested) -> tuple[list[FileReport], list[Document]]:
    own = (f"zoo/{name}", f"zoo/{name}/")
    return (
        [r for r in zoo.reports if r.path == own[0] or r.path.startswith(own[1])],
        [d for d in zoo.documents if d.id == own[0] or d.id.startswith(own[1])],
    )


def test_the_zoo_is_large_enough_and_every_file_is_reported(zoo: Ingested):
    assert len({animal.name for animal in ANIMALS}) == len(ANIMALS) >= 120
    assert all(of(animal.name, zoo)[0] for animal in ANIMALS)


@pytest.mark.parametrize("animal", ANIMALS, ids=lambda animal: animal.name)
def test_each_animal_is_read_whole_or_fails_with_its_message(animal: Animal, zoo: Ingested):
    reports, documents = of(animal.name, zoo)
    if animal.reason:
        assert [report.reason for report in reports] == [animal.reason]
        assert documents == []
        if reports[0].status == "failed":
            told = JireiError(reports[0].reason or "", **reports[0].values)
            assert animal.name in told.tell("ja")
            assert animal.name in told.tell("en")
        return
    assert {report.status for report in reports} == {"read"}
    text = one_form("\n".join(document.text for document in documents))
    for held in animal.holds:
        assert one_form(held) in text
    for report in reports:
        facts = report.facts
        assert facts
        assert report.indexed > 0
        assert facts.characters == report.indexed + sum(facts.left_out.values())
    left = {reason for r in reports if r.facts for reason in r.facts.left_out}
    assert left - {"left_marks", "left_front_matter"} == set(animal.left_out)
    assert {flag for r in reports if r.facts for flag in r.facts.flags} == set(animal.flags)


def test_every_chunk_is_a_stretch_of_its_document(zoo: Ingested):
    texts = {document.id: document.text for document in zoo.documents}
    assert all(c.text == texts[c.document][c.start : c.end] for c in zoo.chunks)
    assert {c.document for c in zoo.chunks} == set(texts)
