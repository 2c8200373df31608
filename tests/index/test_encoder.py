import pytest

from index import encoder
from index.embedded_encoder import EmbeddedEncoder
from index.encoder import FALLBACK_MODEL, make_encoder
from index.sentence_encoder import SentenceEncoder
from index.stub_encoder import StubEncoder
from settings import Settings


@pytest.mark.parametrize(
    ("name", "kind"),
    [("stub", StubEncoder), ("embedded", EmbeddedEncoder), ("some/model", SentenceEncoder)],
)
def test_setting_names_the_encoder(name, kind, monkeypatch):
    monkeypatch.setattr(encoder, "embedded_available", lambda: True)
    assert isinstance(make_encoder(Settings(encoder=name)), kind)


def test_embedded_falls_back_where_its_weights_have_no_wheel(monkeypatch):
    monkeypatch.setattr(encoder, "embedded_available", lambda: False)
    found = make_encoder(Settings(encoder="embedded", encoder_revision="abc"))
    assert found.fingerprint == f"{FALLBACK_MODEL}@abc"
