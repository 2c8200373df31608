"""The page with the last evaluation: plots of its figures, and what went worst."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import streamlit as st

from errors import JireiError
from evaluation.report import ARMS, OldReport, Record, load_report
from messages import CATALOGUE, Lang, tell
from ui.charts import ACCENT, INK, LINE, layers
from ui.safe import plain, say

WORST = 15
TYPES = ("list", "fact", "compare", "followup", "none")
MAIN = ("F1", "hit", "refused")
"""What an answer is judged by first: each question has one of them."""
FIFTHS = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".1f")
SHADES = ("#1a6b3c", "#6fbf8f", "#b9dcc7", "#5b616b")


def quality_page(folder: Path, lang: Lang) -> None:
    """Shows the last reports in `folder`, or how to make one."""
    any_report = False
    for kind in ("answers", "retrieval"):
        file = folder / f"last-{kind}.json"
        if not file.is_file():
            continue
        any_report = True
        try:
            report = load_report(file, folder)
        except JireiError as error:
            say(error.tell(lang))
            continue
        show_report(report, lang)
    if not any_report:
        say(tell("quality_none", lang))


def show_report(report: OldReport, lang: Lang) -> None:
    """One report: its plots, then its worst questions."""
    n = report.head.get("n_questions", report.head.get("n_queries"))
    st.header(tell(f"quality_{report.kind}", lang))
    told = {"dataset": report.head.get("dataset"), "index": report.head.get("index")}
    say(tell("eval_title", lang, n=n, **told))
    if report.kind == "retrieval":
        for prefix in ("", "passage."):
            rows = arm_rows(report, prefix)
            if rows:
                label = tell("eval_passages" if prefix else "eval_documents", lang)
                bars(rows, "measure", "arm", label, lang)
    else:
        bars(type_rows(report), "group", "lang", tell("quality_types", lang), lang)
        bars(doubt_rows(report), "group", "lang", tell("quality_doubts", lang), lang)
        reliability_diagram(report.head.get("reliability", ()), lang)
    st.subheader(tell("quality_worst", lang, n=WORST))
    for value, record in worst(report):
        show_question(value, record, lang)


def _row(report: OldReport, figure: str, **labels: str) -> dict[str, Any]:
    low, high = report.intervals.get(figure, (None, None))
    n = report.counts.get(figure)
    return {**labels, "value": report.values[figure], "low": low, "high": high, "n": n}


def arm_rows(report: OldReport, prefix: str = "") -> list[dict[str, Any]]:
    """A row for each measure and arm, the arms of one measure together."""
    measures = dict.fromkeys(
        figure.removeprefix(prefix).partition(".")[2]
        for figure in report.values
        if figure.removeprefix(prefix).partition(".")[0] in ARMS
    )
    return [
        _row(report, figure, arm=arm, measure=measure)
        for measure in measures
        for arm in ARMS
        if (figure := f"{prefix}{arm}.{measure}") in report.values
    ]


def type_rows(report: OldReport) -> list[dict[str, Any]]:
    """A row for each type, language, and main measure."""
    return [
        _row(report, figure, group=f"{kind}: {measure}", lang=lang)
        for kind in TYPES
        for measure in MAIN
        for lang in ("ja", "en", "all")
        if (figure := f"{kind}.{lang}.{measure}") in report.values
    ]


def doubt_rows(report: OldReport) -> list[dict[str, Any]]:
    """A row for each language of the figures that are best at 0."""
    return [
        _row(report, figure, group=measure, lang=lang)
        for measure in ("false_refusal", "ECE")
        for lang in ("ja", "en", "all")
        if (figure := f"all.{lang}.{measure}") in report.values
    ]


def bars(rows: list[dict[str, Any]], across: str, beside: str, title: str, lang: Lang) -> None:
    """A bar for each row, from 0 to 1, with its 95 % interval; its label names what it is of.

    `across` and `beside` are the fields that a label is made of; `beside` has a colour too.
    """
    shown = [
        {
            **row,
            "label": f"{at:03d}{_named(row[across], lang)} · {_named(row[beside], lang)}",
            "kind": _named(row[beside], lang),
        }
        for at, row in enumerate(rows)
    ]
    # The number before a label keeps the order of the rows, and is not shown.
    names = alt.Axis(labelExpr="slice(datum.label, 3)", labelLimit=220, labelOverlap=False)
    base = alt.Chart(alt.InlineData(values=shown)).encode(
        y=alt.Y("label:N", title=None, sort=None, axis=names)
    )
    told = [alt.Tooltip("value:Q", title=tell("quality_score", lang), format=".3f")]
    for bound in ("low", "high"):
        told.append(alt.Tooltip(f"{bound}:Q", title=tell(f"quality_{bound}", lang), format=".3f"))
    told.append(alt.Tooltip("n:Q", title=tell("quality_n", lang)))
    score = alt.X(
        "value:Q", title=tell("quality_score", lang), scale=alt.Scale(domain=[0, 1]), axis=FIFTHS
    )
    colour = alt.Color("kind:N", title=None, sort=None, legend=None, scale=alt.Scale(range=SHADES))
    bar = base.mark_bar(stroke=INK, strokeWidth=0.5).encode(x=score, color=colour, tooltip=told)
    interval = base.mark_rule(color=INK, strokeWidth=2).encode(x="low:Q", x2="high:Q", tooltip=told)
    st.subheader(title)
    alt_text = ", ".join(f"{row['label'][3:]} {row['value']:.2f}" for row in shown)
    chart = layers(bar, interval, height=22 * len(rows) + 70)
    st.altair_chart(chart, alt=f"{title}: {alt_text}")


def _named(name: str, lang: Lang) -> str:
    """What a type, language, measure or arm is called; a measure of the field has its own name."""
    parts = (
        tell(key, lang) if (key := f"quality_is_{part}".lower()) in CATALOGUE else part
        for part in name.split(": ")
    )
    return " · ".join(parts)


def reliability_diagram(points: Sequence[Sequence[float]], lang: Lang) -> None:
    """How often cases held that probable were right; on the diagonal, all is as it should be."""
    st.subheader(tell("quality_reliability", lang))
    if not points:
        st.caption(tell("quality_no_reliability", lang))
        return
    rows = [{"n": n, "confidence": held, "right": right} for n, held, right in points]
    scale = alt.Scale(domain=[0, 1])
    held = alt.X("confidence:Q", title=tell("quality_confidence", lang), scale=scale, axis=FIFTHS)
    right = alt.Y("right:Q", title=tell("quality_share_right", lang), scale=scale, axis=FIFTHS)
    ends = [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]
    diagonal = alt.Chart(alt.InlineData(values=ends)).mark_line(strokeDash=[4, 4], color=LINE)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=held, y=right)
    line = base.mark_line(color=ACCENT)
    told = [
        alt.Tooltip("n:Q", title=tell("quality_n", lang)),
        alt.Tooltip("confidence:Q", title=tell("quality_confidence", lang), format=".2f"),
        alt.Tooltip("right:Q", title=tell("quality_share_right", lang), format=".2f"),
    ]
    size = alt.Size("n:Q", legend=None, scale=alt.Scale(rangeMin=40, rangeMax=400))
    dots = base.mark_circle(opacity=1, color=ACCENT).encode(size=size, tooltip=told)
    counts = base.mark_text(align="left", dx=12, dy=8, color=INK).encode(text="n:Q")
    alt_text = "; ".join(
        tell("eval_reliability", lang, n=n, confidence=held, right=right)
        for n, held, right in points
    )
    chart = layers(diagonal.encode(x=held, y=right), line, dots, counts, height=320)
    st.altair_chart(chart, alt=alt_text)
    st.caption(tell("quality_reliability_help", lang))


def main_score(record: Record) -> float | None:
    """What a question is judged by first (0 to 1); None if it has no such score."""
    for measure in MAIN:
        for figure, value in record.scores.items():
            if figure.endswith(f".all.{measure}"):
                return value
    return record.scores.get("fused.nDCG@10")


def worst(report: OldReport) -> list[tuple[float, Record]]:
    """The questions with the lowest main score, ties in the order of the file."""
    scored = [(main_score(record), record) for record in report.records.values()]
    known = [(value, record) for value, record in scored if value is not None and value < 1]
    return sorted(known, key=lambda pair: pair[0])[:WORST]


def show_question(value: float, record: Record, lang: Lang) -> None:
    """A question, what was expected, and what it got, each hit marked right or wrong."""
    shown = record.shown
    expected = "、".join(str(name) for name in shown.get("gold") or shown.get("relevant") or ())
    wanted = tell("quality_expected", lang, names=expected or "–")
    hits = "".join(f"<li>{hit_html(hit, lang)}</li>" for hit in shown.get("hits", ()))
    refused = f" {plain(tell('quality_refused', lang))}" if shown.get("refused") else ""
    st.html(
        f'<details class="jirei-text"><summary>{value:.2f} {plain(record.id)} '
        f"{plain(record.question)}{refused}</summary>{plain(wanted)}<ol>{hits}</ol></details>"
    )


def hit_html(hit: Mapping[str, Any], lang: Lang) -> str:
    """One hit as safe HTML: right or wrong, in words and not by colour alone."""
    mark = tell("quality_right" if hit.get("right") else "quality_wrong", lang)
    verdict = hit.get("verdict")
    label = tell(f"verdict_{verdict}", lang) if verdict in ("match", "unsure", "nearest") else ""
    name = hit.get("name") or hit.get("heading") or ""
    parts = (mark, label, name, hit.get("document", ""), f"「{hit.get('text', '')}」")
    return plain(" ".join(str(part) for part in parts if part))
