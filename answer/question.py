"""What a question asks: its language, its kind, its places, areas, bounds and key terms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answer.areas import Area, areas_and_places
from answer.bounds import Bounds, bounds_of
from answer.conditions_only import classes_only, when_only, where_only
from answer.frame import content_of
from answer.kinds import asked_of
from answer.levels import Level, LevelFound, find_level, find_municipal, fits_level
from answer.located import located
from answer.mentions import find_mentions, longest
from answer.modes import Kind, Mode
from answer.negation import is_negated
from answer.periods import find_period
from answer.population import find_population
from answer.preamble import asked_part
from answer.quantities import Quantity, find_quantity
from answer.spans import Span, blanked, disjoint, span_of, spans_of
from answer.stages import LeftOut, find_left_out
from answer.states import State
from answer.years import Period
from errors import JireiError
from index.terms import fold_width
from ingest.documents import Place
from ingest.places import Mention, resolved
from ingest.populations import population_of
from messages import Lang

LONGEST_QUESTION = 1000

_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f​-‏‪-‮⁦-⁩﻿\ud800-\udfff]+")

_SEVERAL = re.compile(
    r"それぞれ|各|ごと(?:に|の)|市町村|\b(?:each|every|all|both)\b", re.IGNORECASE
)
_KEY_TERM = re.compile(r"[a-z0-9].*|[ァ-ヺー]{3,}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `text` is what was asked, cleaned of control characters and of what is said of the asker.
    `content` holds its words less its frame and the names of places, areas and bounds, in normal
    form; `key_terms` those of them that name a thing (Latin words in a Japanese question,
    katakana). `level` is set if only one class of municipality is asked for, which stands at
    `level_span`, `negated` if it asks who does not do a thing: no text states that. `period` and
    `quantity` are the bounds it sets; `of_towns` says whether it is about municipalities in
    general, or those of a prefecture. `names` are words of its content that are no town's name
    though they look like one: an answer mentions them. `population` is where it tells how many live
    in the towns it means, `bounds` what is set by that, and `where` is where it names prefectures
    that only tell where those lie; those of `alone` are asked about without their towns. A list
    asks for nothing that has come as far as it leaves out in `left_out`. Offsets are those of
    `normal`.
    """

    text: str
    lang: Lang
    kind: Kind
    places: tuple[Mention, ...]
    content: tuple[str, ...]
    key_terms: tuple[str, ...]
    level: Level | None
    negated: bool
    areas: tuple[Area, ...] = ()
    period: Period | None = None
    quantity: Quantity | None = None
    of_towns: bool = False
    level_span: Span | None = None
    names: tuple[str, ...] = ()
    population: tuple[Span, ...] = ()
    bounds: tuple[Bounds, ...] = ()
    where: tuple[Span, ...] = ()
    alone: frozenset[Place] = frozenset()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def normal(self) -> str:
        """Its text in NFKC form, of which all offsets are."""
        return fold_width(self.text)

    @property
    def mode(self) -> Mode:
        """How it is answered: what is asked of municipalities in general becomes a list."""
        if self.kind in ("list", "count"):
            return "list"
        if self.kind == "compare":
            return "compare"
        return "list" if self.of_towns and self.kind != "fact" else "fact"

    @property
    def sets_conditions(self) -> bool:
        """Whether it says of which of all towns, when, or how much is asked."""
        level = self.level if self.level != "municipal" else None
        bounds = (self.period, self.quantity, level, self.population)
        return bool(self.places or self.areas or any(bounds))

    @property
    def stages(self) -> frozenset[State]:
        """What has come so far is not asked for; only a list leaves any out."""
        if self.mode != "list":
            return frozenset()
        return frozenset(state for clause in self.left_out for state in clause.states)

    @property
    def is_placed(self) -> bool:
        """Whether it names a place or an area that is meant; what it leaves out is none."""
        return bool(self.places) or not all(area.excludes for area in self.areas)

    @property
    def place_spans(self) -> tuple[Span, ...]:
        """Where it names places and areas, in order, none overlapping."""
        return disjoint(spans_of((*self.places, *self.areas)))

    def condition_spans(self, dated: bool) -> tuple[Span, ...]:
        """Where it says which towns are meant, in order: an area, how many live there, a prefecture
        that tells where, a list's class; if `dated`, also a list's period.

        A prefecture or period that does more than that (熊本県と連携する市) is none.
        """
        spans = [*spans_of(self.areas), *self.population]
        if self.mode != "compare":
            spans += self.where
        if self.mode == "list":
            spans += spans_of(self.left_out)
            spans += classes_only(self.normal, spans)
            if dated and self.period:
                spans += when_only(self.normal, span_of(self.period))
        return disjoint(spans)

    @property
    def named(self) -> frozenset[Place]:
        """Every place that a mention may mean."""
        return frozenset(place for mention in self.places for place in mention.candidates)

    @property
    def asked_about(self) -> frozenset[Place]:
        """Every named place that is itself asked about.

        A list that names a prefecture asks for the towns in it (北海道の事例).
        """
        return frozenset(p for p in self.named if p.city is not None or self.mode != "list")

    @property
    def asked_within(self) -> frozenset[str]:
        """The prefectures of which a fact is asked wherever it lies in them: "the one in Shiga"."""
        if self.mode != "fact":
            return frozenset()
        named = {name for area in self.areas if not area.excludes for name in area.prefectures}
        told = [m for m in self.places if span_of(m) in self.where]
        return frozenset(named | {p.prefecture for m in told for p in m.candidates})

    @property
    def asked_of_one(self) -> bool:
        """Whether it is a fact of one place in an area: not それぞれ, 各市 or "each"."""
        several = self.of_towns or _SEVERAL.search(self.normal)
        return bool(self.asked_within) and not several

    def anywhere(self) -> "Question":
        """The same question with no place, for one whose places no longer count."""
        return replace(self, places=(), areas=())

    def admits(self, place: Place) -> bool:
        """Whether the place is meant by the places, areas, level and population that are told.

        A named prefecture means itself and its municipalities, or only these (県内). With
        nothing named, every place is meant. What the question leaves out never is.
        """
        if not fits_level(place, self.level) or not self._fits_population(place):
            return False
        if not all(area.admits(place) for area in self.areas if area.excludes):
            return False
        if not self.is_placed:
            return True
        if any(area.admits(place) for area in self.areas if not area.excludes):
            return True
        inner = {name for area in self.areas if area.municipal for name in area.prefectures}
        if place.city is None and place.prefecture in inner:
            return False
        named = self.named
        whole = {p.prefecture for p in named - self.alone if p.city is None}
        return place in named or place.prefecture in whole

    def _fits_population(self, place: Place) -> bool:
        population = population_of(place) if self.bounds else None
        return population is None or any(bound.hold(population) for bound in self.bounds)


def clean(text: str) -> str:
    """The question on one line without control characters.

    Raises JireiError if nothing is left or it is longer than LONGEST_QUESTION characters.
    """
    line = " ".join(_CONTROL.sub(" ", text).split())
    if not any(character.isalnum() for character in line):
        raise JireiError("question_empty")
    if len(line) > LONGEST_QUESTION:
        raise JireiError("question_long", length=len(line), limit=LONGEST_QUESTION)
    return line


def language(text: str) -> Lang:
    """Japanese if any kana or kanji occurs, else English."""
    return "ja" if _JAPANESE.search(text) else "en"


def understand(
    text: str, today: date | None = None, words: frozenset[str] = frozenset()
) -> Question:
    """Takes a question apart. Raises JireiError as `clean` does.

    `today` is what 昨年度 or "the last three years" is counted from, by default the present day.
    `words` are names of towns that are read as ordinary words.
    """
    asked = clean(text)
    part = asked_part(asked)
    found = understand_whole(part, today, words)
    if part == asked or found.content or found.sets_conditions:
        return found
    return understand_whole(asked, today, words)


def understand_whole(
    text: str, today: date | None = None, words: frozenset[str] = frozenset()
) -> Question:
    """As `understand`, but all of the text is taken for the question."""
    asked = clean(text)
    lang = language(asked)
    normal = fold_width(asked)
    found = longest(find_mentions(normal))
    named = resolved(mention for mention in found if mention.text not in words)
    mentions = located(normal, named)
    areas, places = areas_and_places(normal, mentions)
    level = _level(normal, mentions, areas)
    period = find_period(normal, lang, today or date.today())
    spans = spans_of(found for found in (*mentions, *areas, period) if found)
    population = find_population(normal)
    left_out = find_left_out(normal)
    spans += [*population, *spans_of(left_out)]
    quantity = find_quantity(blanked(normal, spans))
    spans += spans_of(found for found in (quantity, level) if found)
    content = content_of(normal, spans)
    wholes = spans_of(m for m in places if any(p.city is None for p in m.candidates))
    kind = asked_of(normal, lang, places, areas)
    return Question(
        text=asked,
        lang=lang,
        kind=kind.kind,
        places=places,
        content=content,
        key_terms=tuple(word for word in content if _is_key(word, normal, lang)),
        level=level.level if level else None,
        negated=is_negated(normal) and not (kind.kind == "yesno" and _names_town(places)),
        areas=areas,
        period=period,
        quantity=quantity,
        of_towns=kind.of_towns,
        level_span=span_of(level) if level else None,
        population=population,
        bounds=bounds_of(normal, population),
        where=tuple(where_only(normal, wholes, lang)),
        left_out=left_out,
    )


def _level(normal: str, mentions: Sequence[Mention], areas: Sequence[Area]) -> LevelFound | None:
    excepted = spans_of(area for area in areas if area.excludes)
    asked = find_level(blanked(normal, excepted), mentions)
    return asked or find_municipal(normal, (*mentions, *areas))


def _names_town(places: tuple[Mention, ...]) -> bool:
    return any(place.city for mention in places for place in mention.candidates)


def _is_key(word: str, text: str, lang: Lang) -> bool:
    """A Latin word names a thing in a Japanese question, or in English if it has capitals."""
    if not _KEY_TERM.fullmatch(word) or not any(c.isalpha() for c in word):
        return False
    if lang == "ja" or not word.isascii():
        return True
    spellings = re.findall(re.escape(word), text, re.IGNORECASE)
    return any(sum(c.isupper() for c in spelling) > 1 for spelling in spellings)
