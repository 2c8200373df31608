import pytest

from ingest.loaders import LOADERS
from ingest.loaders.markdown import load_markdown
from ingest.loaders.text import load_text


@pytest.mark.parametrize(
    ("ending", "loader"),
    [(".md", load_markdown), (".markdown", load_markdown), (".txt", load_text)],
)
def test_loader_of_an_ending(ending, loader):
    assert LOADERS[ending] is loader


@pytest.mark.parametrize("ending", ["", ".pdf", ".html", ".csv"])
def test_other_endings_have_no_loader(ending):
    assert ending not in LOADERS
