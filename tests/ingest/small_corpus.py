"""A corpus of one case and one article, with its ledger and the facts behind it."""

from pathlib import Path

CASE = """---
title: 紙の申請を2割減らす
municipality: 府中市
prefecture: 東京都
code: "132063"
name_en: Fuchu City
themes: [ペーパーレス]
period: "2021-"
state: 本格導入
sources:
  - url: https://example.jp/a
    kind: official
  - url: https://example.jp/b
    kind: press
---
# 府中市：紙の申請を2割減らす

## 概要
府中市は2021年、申請を電子化した。

## 効果
### 窓口
紙の申請は年1万3,000件で、以前より2割少ない。
"""
ARTICLE = """---
title: 電子申請とは
municipality: null
prefecture: null
code: null
name_en: null
themes: [解説]
period: null
published: 2025-03-04
sources:
  - title: ある記事（2025年）
    url: null
    kind: vendor
---
# 電子申請とは

## はじめに
紙の申請を電子にすることを、電子申請という。要点は3つある。
"""
LEDGER = """document,figures,sources
articles/what.md,3,-
cases/fuchu.md,2 2021 13000,https://example.jp/a https://example.jp/b
"""
FACTS = """- prefecture: 東京都
  municipality: 府中市
  title: 紙の申請を2割減らす
  facts: [2021年に申請を電子化した]
  sources: [https://example.jp/b]
- prefecture: 東京都
  municipality: 府中市
  title: 窓口
  facts:
    - 紙の申請は年13,000件になった
  sources: [https://example.jp/a]
- prefecture: null
  municipality: null
  title: 電子申請とは
  facts: [要点は3つ]
  sources: [article.txt]
"""


def write_corpus(folder: Path) -> Path:
    """One case, one article, their ledger, and what is no document; without fault."""
    put(folder / "cases" / "fuchu.md", CASE)
    put(folder / "articles" / "what.md", ARTICLE)
    put(folder / "figures.csv", LEDGER)
    put(folder / "README.md", "# 付属の文書\n\n4件。\n")
    put(folder / "LICENSE", "CC BY 4.0\n")
    return folder


def put(path: Path, text: str) -> None:
    """A file of that text, in folders made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Other words in a file that has the old ones."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
