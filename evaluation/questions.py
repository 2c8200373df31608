"""Questions with known answers: one JSON object a line."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from errors import JireiError
from evaluation.lines import written_lines
from messages import Lang

QuestionType = Literal["list", "fact", "none", "compare", "followup"]
Half = Literal["tune", "test"]
Split = Literal["tune", "test", "all"]


@dataclass(frozen=True, slots=True)
class EvidenceQuote:
    """A sentence, word for word, of a document; empty where a file points to it otherwise."""

    document: str = ""
    quote: str = ""


@dataclass(frozen=True)
class JudgedQuestion:
    """A question and what a right answer holds.

    `gold` names every municipality whose document states what is asked, `acceptable` those
    that count neither way. `answer_contains` must stand inside the quotes. `history` holds the
    questions before it, oldest first.
    """

    id: str
    type: QuestionType
    lang: Lang
    question: str
    gold: tuple[str, ...]
    history: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    answer_contains: tuple[str, ...] = ()
    evidence: tuple[EvidenceQuote, ...] = field(default=())
    note: str = ""

    @property
    def asks_for_a_list(self) -> bool:
        """Whether the whole set of municipalities is what is asked for."""
        return self.type == "list" or (self.type == "followup" and not self.answer_contains)


_questions = TypeAdapter(JudgedQuestion)


def half_of(id: str) -> Half:
    """The half a question belongs to: the last bit of the sha256 of its id, 1 means tune.

    Parameters are chosen on `tune`; `test` only says what they are worth.
    """
    return "tune" if sha256(id.encode()).digest()[-1] & 1 else "test"


def load_questions(path: Path, split: Split = "all") -> tuple[JudgedQuestion, ...]:
    """The questions of a JSON Lines file, in order.

    Raises JireiError as `written_lines`, and if a line is no judged question, an id comes twice,
    or no question is left.
    """
    questions: dict[str, JudgedQuestion] = {}
    for number, line in written_lines(path):
        question = _parsed(line, path, number)
        if question.id in questions:
            raise JireiError("eval_question", file=path, line=number)
        questions[question.id] = question
    kept = tuple(q for q in questions.values() if split in ("all", half_of(q.id)))
    if not kept:
        raise JireiError("eval_no_query", file=path)
    return kept


def _parsed(line: str, path: Path, number: int) -> JudgedQuestion:
    try:
        question = _questions.validate_json(line)
    except ValidationError as error:
        raise JireiError("eval_question", file=path, line=number) from error
    if (question.type == "none") == bool(question.gold):
        raise JireiError("eval_question", file=path, line=number)
    return question
