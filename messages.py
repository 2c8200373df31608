"""What the product says, in Japanese and English: the texts of `messages.toml`."""

import tomllib
from pathlib import Path
from typing import Literal

Lang = Literal["ja", "en"]

_FILE = Path(__file__).with_name("messages.toml")
CATALOGUE: dict[str, dict[Lang, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))


def tell(key: str, lang: Lang, /, **values: object) -> str:
    """The text of `key` in a language, its placeholders filled.

    Raises KeyError for an unknown key or a missing value.
    """
    return CATALOGUE[key][lang].format(**values)
