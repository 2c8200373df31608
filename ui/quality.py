"""The page with the last evaluation: plots of its figures, and what went worst."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import streamlit as st

from errors import JireiError
from evaluation.report import ARMS, OldReport, Record, load_report
from messages import Lang, tell
from ui.safe import plain, say

WORST = 15
TYPES = ("list", "fact", "compare", "followup", "none")
MAIN = ("F1", "hit", "refused")
"""What an answer is judged by first: each question has one of them."""


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
    st.subheader(tell(f"quality_{report.kind}", lang))
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
    st.markdown(f"**{tell('quality_worst', lang, n=WORST)}**")
    for value, record in worst(report):
        show_question(value, record, lang)


def _row(report: OldReport, figure: str, **labels: str) -> dict[str, Any]:
    low, high = report.intervals.get(figure, (None, None))
    n = report.counts.get(figure)
    return {**labels, "value": report.values[figure], "low": low, "high": high, "n": n}


def arm_rows(report: OldReport, prefix: str = "") -> list[dict[str, Any]]:
    """A row for each arm and measure."""
    rows = []
    for arm in ARMS:
        for figure in report.values:
            head, _, measure = figure.rpartition(".")
            if head == prefix + arm:
                rows.append(_row(report, figure, arm=arm, measure=measure))
    return rows


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


def bars(rows: list[dict[str, Any]], across: str, color: str, title: str, lang: Lang) -> None:
    """Bars from 0 to 1, side by side by colour, with their 95 % intervals."""
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(f"{across}:N", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset(f"{color}:N", sort=None),
    )
    scale = alt.Scale(domain=[0, 1])
    value = base.mark_bar().encode(
        y=alt.Y("value:Q", title=tell("quality_score", lang), scale=scale),
        color=alt.Color(f"{color}:N", title=None, sort=None),
        tooltip=[across, color, alt.Tooltip("value:Q", format=".3f"), "low", "high", "n"],
    )
    interval = base.mark_rule().encode(y=alt.Y("low:Q", title=""), y2="high:Q")
    st.altair_chart((value + interval).properties(title=title, height=260))


def reliability_diagram(points: Sequence[Sequence[float]], lang: Lang) -> None:
    """How often cases held that probable were right; on the diagonal, all is as it should be."""
    rows = [{"n": n, "confidence": held, "right": right} for n, held, right in points]
    scale = alt.Scale(domain=[0, 1])
    held = alt.X("confidence:Q", title=tell("quality_confidence", lang), scale=scale)
    right = alt.Y("right:Q", title=tell("quality_share_right", lang), scale=scale)
    ends = [{"confidence": 0, "right": 0}, {"confidence": 1, "right": 1}]
    diagonal = alt.Chart(alt.InlineData(values=ends)).mark_line(strokeDash=[4, 4])
    dots = alt.Chart(alt.InlineData(values=rows)).mark_circle(opacity=1)
    title = tell("quality_reliability", lang)
    st.altair_chart(
        (
            diagonal.encode(x=held, y=right)
            + dots.encode(x=held, y=right, size="n:Q", tooltip=["n:Q", held, right])
        ).properties(title=title, height=260)
    )


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
