"""Documents made of judged sentences, in an index of their own: texts that no model was trained on.

The sentences of these folders are invented and say nothing true about the places they name; they
are written below `var/eval` and never enter the index that people ask.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from answer.respond import Answerer
from index.build import build
from index.encoder import make_encoder
from index.reranker import make_reranker
from settings import ROOT, Settings
from upkeep.judged_units import UNITS, read_lines

UNSEEN = tuple(ROOT / "training" / "data" / name for name in ("fict_a", "fict_d"))


def unseen_answerer(settings: Settings, folder: Path) -> Answerer:
    """An answerer over the units of a folder of judged questions (see `judged_units`).

    Raises JireiError as `read_lines` and a build do.
    """
    own = settings.model_copy(update={"var": settings.var / "eval" / folder.name})
    corpus = own.var / "corpus"
    if corpus.exists():
        shutil.rmtree(corpus)
    corpus.mkdir(parents=True)
    documents: dict[str, list[dict[str, Any]]] = {}
    for _, unit in read_lines(folder / UNITS):
        documents.setdefault(unit["document"], []).append(unit)
    for name, units in documents.items():
        path = corpus / f"{name.replace('/', '-')}.md"
        path.write_text(_markdown(units), encoding="utf-8")
    encoder = make_encoder(own)
    generation = build([corpus], encoder, own).generation
    return Answerer.over(generation, encoder, own, make_reranker(own))


def _markdown(units: Iterable[dict[str, Any]]) -> str:
    """One document: its place in the front matter, a section for each heading in turn."""
    first, *_ = units = list(units)
    lines = ["---", f"title: {first['municipality']}"]
    lines += [f"municipality: {first['municipality']}", f"prefecture: {first['prefecture']}", "---"]
    heading = None
    for unit in units:
        if unit["heading"] != heading:
            heading = unit["heading"]
            lines += ["", f"## {heading}"]
        lines.append(unit["text"])
    return "\n".join(lines) + "\n"
