"""The turns of a conversation: asked, read on, corrected, and answered anew."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from answer.contract import Answer
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from store.conversations import KeptTurn, new_id

REMEMBERED = 20
"""How many earlier questions a follow-up may lean on."""

_READERS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
"""One reads at a time, as the reranker does; those that wait in line can still be cancelled."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what was said to it.

    `context` holds the questions before it, oldest first, and it itself, as they are read after
    corrections. A `pending` turn has the signals' answer, and the reranker has yet to read.
    """

    id: str
    question: str
    context: tuple[str, ...]
    narrow: Narrow
    said: Answer | JireiError
    pending: bool = False

    @property
    def kept(self) -> KeptTurn:
        """The turn as it is stored."""
        answer = self.said if isinstance(self.said, Answer) else None
        return KeptTurn(self.id, self.question, self.context, self.narrow, answer)


def ask(question: str, before: Sequence[Turn], narrow: Narrow, answerer: Answerer) -> Turn:
    """A new turn after those before it, with the answer that is there first."""
    return asked(new_id(), question, original_context(question, before), narrow, answerer)


def original_context(question: str, before: Sequence[Turn]) -> tuple[str, ...]:
    """A question after those before it, as it was asked."""
    earlier = before[-1].context if before else ()
    return (*earlier, question)[-REMEMBERED - 1 :]


def asked(
    id: str, question: str, context: tuple[str, ...], narrow: Narrow, answerer: Answerer
) -> Turn:
    """A turn with the answer that is there first."""
    said = answer_to(question, context, narrow, answerer, quick=True)
    pending = answerer.reranks and isinstance(said, Answer)
    return Turn(id, question, context, narrow, said, pending)


def answer_to(
    question: str,
    context: tuple[str, ...],
    narrow: Narrow,
    answerer: Answerer,
    quick: bool = False,
) -> Answer | JireiError:
    """The answer to a question as it is read in its context, or why there is none."""
    try:
        answer = answerer.ask(context[-1], context[:-1], narrow=narrow, quick=quick)
    except JireiError as error:
        return error
    return replace(answer, question=question)


def read_on(turn: Turn, answerer: Answerer) -> "Future[Answer | JireiError]":
    """The whole answer to a pending turn, as it is made beside the page."""
    return _READERS.submit(answer_to, turn.question, turn.context, turn.narrow, answerer)


def restored(kept: Sequence[KeptTurn], answerer: Answerer) -> list[Turn]:
    """Stored turns; one whose answer cannot be shown is answered anew."""
    return [
        Turn(
            turn.id,
            turn.question,
            turn.context,
            turn.narrow,
            turn.answer or answer_to(turn.question, turn.context, turn.narrow, answerer),
        )
        for turn in kept
    ]


def is_stale(turn: Turn, answerer: Answerer) -> bool:
    """Whether an earlier generation answered: its documents may have changed since."""
    return isinstance(turn.said, Answer) and turn.said.index != answerer.generation.name


def answered_anew(turn: Turn, answerer: Answerer) -> Turn:
    """The turn as the live generation answers it."""
    said = answer_to(turn.question, turn.context, turn.narrow, answerer)
    return replace(turn, said=said, pending=False)
