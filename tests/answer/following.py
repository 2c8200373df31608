"""Follow-ups as they are used, on a day that stays."""

from datetime import date

from answer.followup import Standalone, readings
from answer.question import understand

TODAY = date(2026, 11, 24)


def made(question: str, *history: str) -> Standalone:
    return readings(understand(question, TODAY), history, TODAY)[0]


def alone(question: str) -> Standalone:
    asked = understand(question, TODAY)
    return Standalone(asked, asked)


def used(question: str, *history: str) -> str:
    return made(question, *history).question.text
