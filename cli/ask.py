"""`jirei ask`: one question or many, narrowed by facets, explained if asked; `jirei search`."""

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cli.common import JsonFlag, Several, print_json
from cli.narrow import check_known, narrow_by
from errors import JireiError
from messages import Lang, tell
from settings import Settings, load_settings

if TYPE_CHECKING:
    from answer.contract import Answer, Case
    from answer.live import LiveAnswerer
    from answer.narrow import Narrow


def ask(
    question: Annotated[str | None, typer.Argument(help="質問 / the question")] = None,
    jsonl: Annotated[
        str | None,
        typer.Option("--jsonl", help='1行1問のJSON {"id","question","history"}、- は標準入力'),
    ] = None,
    as_json: JsonFlag = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="判定の根拠を示す / print the signals of each verdict")
    ] = False,
    prefecture: Annotated[Several, typer.Option(help="都道府県 / prefecture (埼玉県)")] = None,
    region: Annotated[Several, typer.Option(help="地方 / region (九州, Kyushu)")] = None,
    theme: Annotated[Several, typer.Option(help="テーマ / theme (RPA)")] = None,
    source: Annotated[
        Several, typer.Option(help="出典の種類 / kind of source (official, press, vendor, blog)")
    ] = None,
    state: Annotated[
        Several, typer.Option(help="段階 / state (planned, trial, running, ended)")
    ] = None,
    since: Annotated[int | None, typer.Option(help="この年以降 / from this year on")] = None,
    until: Annotated[int | None, typer.Option(help="この年まで / up to this year")] = None,
    max_age: Annotated[
        int | None, typer.Option(min=1, help="公表から何年未満か / published fewer years ago")
    ] = None,
) -> None:
    """質問に、出典の一文で答える / answer a question with quotes."""
    from answer.respond import Answerer

    settings = load_settings()
    narrow = narrow_by(prefecture, region, theme, source, state, (since, until), max_age)
    if jsonl is not None:
        raise typer.Exit(_ask_lines(jsonl, settings, narrow, explain))
    if question is None:
        raise JireiError("question_empty")
    answerer = Answerer.open(settings)
    check_known(narrow, answerer)
    answer = answerer.ask(question, narrow=narrow)
    if as_json:
        print_json(answer.to_json(explain))
    else:
        _tell_answer(answer, explain)


def search(
    question: str,
    k: Annotated[int, typer.Option("-k", help="件数 / number of passages")] = 10,
    as_json: JsonFlag = False,
    rerank: Annotated[
        bool, typer.Option("--rerank", help="読み直して並べ替える / read them and rank them anew")
    ] = False,
) -> None:
    """質問に近い文章を探す / find the passages nearest to a question."""
    from answer.respond import Answerer
    from index.encoder import make_encoder
    from search.reading import make_readers

    settings = load_settings()
    readers = make_readers(settings) if rerank else None
    if rerank and readers is None:
        print(tell("rerank_nobody", settings.lang), file=sys.stderr)
    hits = Answerer.open_with(settings, make_encoder(settings), None).search(question, k, readers)
    if as_json:
        print_json([hit.to_json() for hit in hits])
        return
    for number, hit in enumerate(hits, start=1):
        name = hit.chunk.place.name if hit.chunk.place else "-"
        print(f"{number}. {name}  {hit.chunk.document}  ({hit.fused:.2f})")
        print(f"   {' '.join(hit.chunk.text.split())}")


def _ask_lines(name: str, settings: Settings, narrow: "Narrow", explain: bool) -> int:
    from answer.live import LiveAnswerer

    with closing(_open_lines(name)) as lines:
        live = LiveAnswerer(settings)
        check_known(narrow, live.current())
        return _ask_all(live, lines, name, settings.lang, narrow, explain)


def _open_lines(name: str) -> TextIO:
    if name == "-":
        return sys.stdin
    try:
        return open(name, encoding="utf-8-sig")
    except OSError as error:
        raise JireiError("file_unreadable", file=name, why=error.strerror) from error


def _ask_all(
    live: "LiveAnswerer",
    lines: Iterable[str],
    name: str,
    lang: Lang,
    narrow: "Narrow",
    explain: bool,
) -> int:
    """One JSON line out for each line in; a bad line gets an "error" and does not stop the rest."""
    from answer.batch import ask_lines

    failed: list[str] = []
    for result in ask_lines(live, lines, name, lang, narrow, explain):
        if "error" in result:
            failed.append(result["error"])
        print(json.dumps(result, ensure_ascii=False), flush=True)
    if failed:
        more = f" (+{len(failed) - 1})" if len(failed) > 1 else ""
        print(failed[0] + more, file=sys.stderr)
        return 2
    return 0


def _tell_answer(answer: "Answer", explain: bool) -> None:
    from answer.wording import notes_of

    lang = answer.lang
    print(answer.answer)
    print(*notes_of(answer, lang), sep="\n")
    _tell_comparison(answer)
    for case in answer.cases or answer.nearest:
        label = "nearest" if answer.refused else case.verdict
        tell_case(case, tell(f"verdict_{label}", lang), lang, explain)


def _tell_comparison(answer: "Answer") -> None:
    from answer.wording import names_apart

    if not answer.comparison:
        return
    names = names_apart(answer.comparison.places, answer.lang)
    for row in answer.comparison.rows:
        print(f"\n{row.theme}")
        for name, cell in zip(names, row.cells, strict=True):
            nothing = tell("compare_nothing", answer.lang)
            print(f"  {name}: " + ("".join(f"「{q.text}」" for q in cell) or nothing))


def tell_case(case: "Case", label: str, lang: Lang, explain: bool) -> None:
    """Prints a case: whose it is, why it is unsure, its quotes; with `explain` also its signals."""
    from answer.wording import name_of, why_unsure

    print(f"\n[{label}] {name_of(case, lang)}")
    if case.reason:
        print("  " + why_unsure(case, lang))
    for quote in (*case.quotes, *([case.effect] if case.effect else [])):
        print(f"  「{quote.text}」")
        print(f"    {quote.document}  {' > '.join(quote.heading)}")
    if explain:
        print(f"  p = {case.score:.3f}")
        for signal in case.signals:
            print(f"    {signal.name:10} {signal.value:8.3f}  {signal.adds:+.3f}")
