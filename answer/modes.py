"""Kinds of question, and the modes in which they are answered."""

from typing import Literal

Kind = Literal["list", "fact", "compare", "yesno", "how", "count"]
"""What a question wants."""
Mode = Literal["list", "fact", "compare"]
"""How it is answered."""
