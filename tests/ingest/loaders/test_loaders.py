import pytest

from ingest.loaders import LOADERS, UNPACKERS, loader_of, unpacker_of
from ingest.loaders.markdown import load_markdown
from ingest.loaders.text import load_text
from ingest.loaders.unzip import zip_members


@pytest.mark.parametrize(
    ("ending", "loader"),
    [(".md", load_markdown), (".markdown", load_markdown), (".txt", load_text)],
)
def test_loader_of_an_ending(ending, loader):
    assert loader_of(ending) is loader


@pytest.mark.parametrize("ending", LOADERS)
def test_every_ending_has_its_loader(ending):
    assert callable(loader_of(ending))


@pytest.mark.parametrize("ending", ["", ".exe", ".mp4", ".zip"])
def test_other_endings_have_no_loader(ending):
    assert loader_of(ending) is None


def test_archives_have_what_takes_them_apart():
    assert set(UNPACKERS) == {".zip", ".eml"}
    assert unpacker_of(".zip") is zip_members
    assert unpacker_of(".md") is None
