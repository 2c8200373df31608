"""What a question asks: its language, its kind, the places it names, its key terms."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from errors import JireiError
from index.terms import split_words
from ingest.documents import Place
from ingest.places import Mention, find_places, find_romaji_places, narrow
from messages import Lang

Kind = Literal["list", "fact", "compare"]
Level = Literal["prefecture"]

LONGEST_QUESTION = 1000

_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f​-‏‪-‮⁦-⁩﻿]+")

_WHO = (
    "市|町|村|区|県|都道府県|市町村|市区町村|自治体|団体|役所|役場|都市|まち|街|地域|とこ|ところ|所"
)
_LIST_JA = re.compile(
    rf"どこ|どの(?:{_WHO})|どんな(?:{_WHO})|(?:{_WHO})(?:は|って|を|が|も|の(?:一覧|例|事例))?"
    r"(?:すべて|全て|全部)?(?:教えて.*|挙げて.*|知りたい.*|探して.*|あ(?:る|ります)か?)?[。?？!！\s]*$"
    rf"|(?:{_WHO})(?:は|を)(?:どこ|何|いくつ|すべて|全て|全部|教えて|挙げて|ある)"
    r"|一覧|先進事例|(?:の|な|た|る)事例|前例|何(?:市|団体|自治体|か所)"
)
_FACT_JA = re.compile(
    r"いつ|いくら|何(?:時間|年|月|人|件|円|割|%|パーセント|名|台|種類|業務|日|分|が|を)"
    r"|どれ(?:くらい|だけ|ほど)|どの(?:くらい|程度)|誰|だれ|なぜ|どうして|どうやって|どのように|目標"
)
_COMPARE_JA = re.compile(r"比べ|比較|違い|差は|どちら")
_LIST_EN = re.compile(
    r"\b(?:which|what|list|name|any|are there|who|where|find|show)\b[^?]*?"
    r"\b(?:cit(?:y|ies)|towns?|villages?|wards?|municipalit(?:y|ies)|prefectures?"
    r"|local governments?|places?|councils?|authorit(?:y|ies)|who)\b|^\s*(?:who|where)\b",
    re.IGNORECASE,
)
_COMPARE_EN = re.compile(r"\bcompar|\bdifferen|\bversus\b|\bvs\b", re.IGNORECASE)
_PREFECTURE_ONLY = re.compile(
    r"(?:どの|どこの|何)(?:都道府)?県|(?:都道府)?県は[?？\s]*$|都道府県は|\bwhich prefectures?\b",
    re.IGNORECASE,
)

_NEGATED = re.compile(
    rf"(?:てい|でい|てな|使わ|進ま|やら|行わ|導入し|し)ない(?:{_WHO})|(?:未導入|未実施)の(?:{_WHO})"
    r"|\b(?:cities|towns|villages|wards|municipalities|prefectures|governments|places|^who|^which)"
    r"\s+(?:do|does|did|has|have|are|is)(?:\s+not|n['’]t)\b",
    re.IGNORECASE,
)

# Words of a question's frame: they ask, they do not say what for.
FRAME = frozenset(
    """市 町 村 区 県 都 府 都道府県 市町村 市区町村 自治体 団体 役所 役場 町村 地方 公共 国内 全国
    何処 何れ 何 誰 何時 幾ら どう 如何 どんな 教える 知る 挙げる 探す 調べる 一覧 全て 全部 事例 例 先進
    先行 前例 使う 使用 利用 活用 用いる 導入 入れる 実施 行う 為る 遣る 取り組み 取り組む 取組 始める 進める 活かす
    ケース 内容 詳しい 具体 方法 場合 為 中 他 等 例えば 現在 今 既に 数 くらい 程度 分かる 言う 思う
    which what who where when how why whose whom is are was were be been being am do does did done
    has have had having can could will would should may might must the a an of for to in on at by
    from with without into about as and or not no any some all there their them they its it this
    that these those city cities town towns village villages ward wards municipality municipalities
    prefecture prefectures local government governments place places council councils japan japanese
    use uses used using introduce introduced adopt adopted implement implemented tell me please list
    show find name give example examples case cases many much using via per than more most our your
    i we you he she let us start started begin began run runs running make makes made get gets got
    set up offer offers offered provide provides provided have already who's what's""".split()
)
_KEY_TERM = re.compile(r"[a-z0-9].*|[ァ-ヺー]{3,}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `text` is what was asked, cleaned of control characters. `content` holds its words less
    its frame and place names, in normal form; `key_terms` those of them that name a thing
    (Latin words in a Japanese question, katakana). `level` is set if only prefectures are asked,
    `negated` if it asks who does not do a thing: no text states that.
    """

    text: str
    lang: Lang
    kind: Kind
    places: tuple[Mention, ...]
    content: tuple[str, ...]
    key_terms: tuple[str, ...]
    level: Level | None
    negated: bool

    @property
    def named(self) -> frozenset[Place]:
        """Every place that a mention may mean."""
        return frozenset(place for mention in self.places for place in mention.candidates)


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


def understand(text: str) -> Question:
    """Takes a question apart. Raises JireiError as `clean` does."""
    asked = clean(text)
    lang = language(asked)
    normal = unicodedata.normalize("NFKC", asked)
    mentions = find_places(normal, stems=True) + find_romaji_places(normal)
    places = tuple(narrow(mentions))
    content = _content(normal, places)
    return Question(
        text=asked,
        lang=lang,
        kind=_kind(normal, lang, places),
        places=places,
        content=content,
        key_terms=tuple(word for word in content if _is_key(word, normal, lang)),
        level="prefecture" if _PREFECTURE_ONLY.search(normal) else None,
        negated=bool(_NEGATED.search(normal)),
    )


def _content(text: str, places: tuple[Mention, ...]) -> tuple[str, ...]:
    for mention in sorted(places, key=lambda m: -m.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    words = dict.fromkeys(split_words(text))
    return tuple(word for word in words if word not in FRAME)


def _is_key(word: str, text: str, lang: Lang) -> bool:
    """A Latin word names a thing in a Japanese question, or in English if it has capitals."""
    if not _KEY_TERM.fullmatch(word) or not any(c.isalpha() for c in word):
        return False
    if lang == "ja" or not word.isascii():
        return True
    spellings = re.findall(re.escape(word), text, re.IGNORECASE)
    return any(sum(c.isupper() for c in spelling) > 1 for spelling in spellings)


def _kind(text: str, lang: Lang, places: tuple[Mention, ...]) -> Kind:
    compares = _COMPARE_JA if lang == "ja" else _COMPARE_EN
    if len(places) > 1 and compares.search(text):
        return "compare"
    if lang == "en":
        return "list" if _LIST_EN.search(text) else "fact"
    if _FACT_JA.search(text) and not re.search(rf"どこ|どの(?:{_WHO})|(?:{_WHO})は", text):
        return "fact"
    if _LIST_JA.search(text):
        return "list"
    return "fact" if places or re.search(r"は[?？]?$|か[。?？]?$", text) else "list"
