"""What all tests share: no network, a folder of their own, a small corpus, the stub encoder."""

import socket
from pathlib import Path
from typing import Any

import pytest

from answer import respond
from answer.judge import FEATURES, Weights
from answer.respond import Answerer
from index.build import build
from index.encoder import make_encoder
from settings import Settings
from tests.answer.made import answerable_alike, cuts_alike

STUB_WEIGHTS = Weights(
    features=FEATURES,
    coefficients=(0.5, 0.5, 0.4, -0.3, 0.4, 2.9),
    intercept=-2.0,
    answerable=answerable_alike((0.25, 1.0, -0.25, -0.25, 0.0, 0.8), 1.0),
    cuts=cuts_alike(0.76, 0.77),
    encoder="stub@1",
    adapter="",
    splitter="",
)

CASES = {
    "cases/saitama.md": """---
title: 入力事務の自動化
municipality: さいたま市
prefecture: 埼玉県
code: "111007"
name_en: Saitama City
themes: [RPA]
published: 2025-03-04
sources:
  - url: https://example.jp/saitama
    kind: official
---
# さいたま市：入力事務の自動化

## 取り組み
さいたま市は、入力事務をRPAで自動化している。テレワークの実施者は70%以上を目標とする。
""",
    "cases/machida.md": """---
title: 生成AIの活用
municipality: 町田市
prefecture: 東京都
code: "132098"
themes: [生成AI]
---
# 町田市：生成AIの活用

## 取り組み
町田市は、生成AIを市民向けの案内に使う方針である。
- RPAによる手作業の自動化
""",
    "cases/mie.md": """---
title: 若者の相談
municipality: 三重県
prefecture: 三重県
code: "240001"
---
# 三重県：若者の相談

若年層に向けて、SNSの相談窓口を設けた。
""",
    "articles/what.md": """# 自治体DXとは

自治体DXは、行政サービスを変革することである。
""",
}


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test, and no test writes outside its folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"JIREI_{name.upper()}", raising=False)
    monkeypatch.setenv("JIREI_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("JIREI_ENCODER", "stub")
    monkeypatch.setenv("JIREI_LANG", "ja")
    monkeypatch.setenv("JIREI_THREADS", "1")
    monkeypatch.setenv("JIREI_THESAURUS", str(tmp_path / "thesaurus.csv"))


@pytest.fixture(autouse=True)
def stub_weights(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights made for the stub encoder: those that are shipped change with each calibration."""
    if "golden" not in request.keywords:
        monkeypatch.setattr(respond, "shipped_weights", lambda: STUB_WEIGHTS)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but this machine fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("127.0.0.1", "::1", "localhost", "local"):
            raise OSError(f"tests have no network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The small corpus, in a folder called "docs"."""
    for name, text in CASES.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "docs"


@pytest.fixture
def settings() -> Settings:
    """The settings of this test's folder."""
    return Settings()


@pytest.fixture
def answerer(corpus: Path, settings: Settings) -> Answerer:
    """The small corpus, indexed with the stub encoder and opened."""
    encoder = make_encoder(settings)
    build([corpus], encoder, settings)
    return Answerer.open(settings, encoder)


THESAURUS = """concept,term,lang,kind
rpa,RPA,ja,preferred
rpa,robots,en,preferred
ai,生成AI,ja,preferred
tax,確定申告,ja,preferred
"""


@pytest.fixture
def corpus_with_thesaurus(corpus: Path, settings: Settings) -> Answerer:
    """As `answerer`, with a table of terms of which the documents mention two."""
    settings.thesaurus.write_text(THESAURUS, encoding="utf-8")
    encoder = make_encoder(settings)
    build([corpus], encoder, settings)
    return Answerer.open(settings, encoder)
