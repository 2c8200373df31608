"""The plots of the page: drawn from inline data, with figures beside every colour."""

from collections.abc import Mapping, Sequence

import altair as alt

from answer.effects import Effect
from messages import Lang, tell
from ui.japan import TILES, short_name
from ui.names import prefecture_name

INK, LINE, ACCENT = "#1c1c1c", "#5b616b", "#1a6b3c"
PALE, FULL, EMPTY = "#dcefe3", "#6fbf8f", "#f3f4f6"
"""Ink on any of the last three has a contrast of 7:1 or more."""
TILE_HEIGHT = 40


def layers(*parts: alt.Chart, height: int) -> alt.LayerChart:
    """Layers in one frame, whose letters are as dark as the text of the page."""
    chart: alt.LayerChart = (
        alt.layer(*parts)
        .properties(height=height)
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=INK)
        .configure_legend(labelColor=INK, titleColor=INK)
    )
    return chart


def tile_map(counts: Mapping[str, int], chosen: str | None, lang: Lang) -> alt.LayerChart:
    """Each prefecture as a tile with its count; a click selects "tile" by `prefecture`."""
    rows = [
        {
            "prefecture": prefecture,
            "name": prefecture_name(prefecture, lang),
            "label": _label(prefecture, lang),
            "long": lang == "en" or len(short_name(prefecture)) > 2,
            "x": x,
            "y": y,
            "n": counts.get(prefecture, 0),
            "shown": str(counts.get(prefecture, "")),
            "chosen": prefecture == chosen,
        }
        for prefecture, (x, y) in TILES.items()
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("x:O", axis=None, scale=alt.Scale(paddingInner=0.06, paddingOuter=0)),
        y=alt.Y("y:O", axis=None, scale=alt.Scale(paddingInner=0.06, paddingOuter=0)),
        tooltip=[
            alt.Tooltip("name:N", title=tell("facet_prefecture", lang)),
            alt.Tooltip("n:Q", title=tell("look_count", lang)),
        ],
    )
    most = max(counts.values(), default=1)
    shade = alt.Color(
        "n:Q", scale=alt.Scale(domain=[1, max(2, most)], range=[PALE, FULL]), legend=None
    )
    is_chosen = alt.datum.chosen
    tiles = base.mark_rect(cornerRadius=3).encode(
        color=alt.condition(alt.datum.n > 0, shade, alt.value(EMPTY))
    )
    up, down = (-7, 10) if lang == "ja" else (-12, 12)  # English names stand in two lines.
    names = base.mark_text(dy=up, color=INK, lineBreak="\n", lineHeight=9).encode(
        text="label:N",
        # Three characters have to be smaller to fit the tiles of a narrow screen.
        size=alt.condition(alt.datum.long, alt.value(9), alt.value(11)),
    )
    numbers = base.mark_text(dy=down, color=INK, fontSize=13, fontWeight="bold").encode(
        text="shown:N"
    )
    # On top of all, since a click on a letter is meant for its tile.
    pick = alt.selection_point(name="tile", fields=["prefecture"], toggle=False, empty=False)
    frames = (
        base.mark_rect(cornerRadius=3, fill="white", fillOpacity=0.001, cursor="pointer")
        .encode(
            stroke=alt.condition(is_chosen, alt.value(INK), alt.value(LINE)),
            strokeWidth=alt.condition(is_chosen, alt.value(3), alt.value(0.5)),
        )
        .add_params(pick)
    )
    height = TILE_HEIGHT * (1 + max(y for _, y in TILES.values()))
    return layers(tiles, names, numbers, frames, height=height)


def _label(prefecture: str, lang: Lang) -> str:
    """The name as it fits a tile: an English one in two lines."""
    if lang == "ja":
        return short_name(prefecture)
    name = prefecture_name(prefecture, lang)
    half = (len(name) + 1) // 2
    return name if len(name) < 6 else f"{name[:half]}-\n{name[half:]}"


def timeline(years: Mapping[int, int], lang: Lang) -> alt.LayerChart:
    """How many cases began in each year."""
    rows = [{"year": str(year), "n": n, "shown": str(n or "")} for year, n in years.items()]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("year:O", title=tell("look_year", lang), axis=alt.Axis(labelOverlap=True)),
        y=alt.Y("n:Q", title=tell("look_count", lang), axis=alt.Axis(tickMinStep=1, format="d")),
    )
    tooltip = [
        alt.Tooltip("year:O", title=tell("look_year", lang)),
        alt.Tooltip("n:Q", title=tell("look_count", lang)),
    ]
    bars = base.mark_bar(color=ACCENT).encode(tooltip=tooltip)
    numbers = base.mark_text(dy=-7, color=INK).encode(text="shown:N")
    return layers(bars, numbers, height=200)


def effect_bars(effects: Sequence[Effect], lang: Lang) -> alt.LayerChart:
    """A bar for each saving in the order given; a click selects "bar" by its number, `at`."""
    rows = [
        {
            "at": at,
            "row": f"{at:03d}{effect_label(effect, lang)}",
            "value": effect.value,
            "figure": figure_text(effect, lang),
            "estimated": tell("look_estimated" if effect.estimated else "look_stated", lang),
        }
        for at, effect in enumerate(effects)
    ]
    # The number before a label keeps two bars of one place apart, and is not shown.
    labels = alt.Axis(labelExpr="slice(datum.label, 3)", labelLimit=170, labelFontSize=12)
    # The figure of the longest bar stands behind it.
    room = alt.Scale(domain=[0, 1.25 * max((effect.value for effect in effects), default=1)])
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("row:N", title=None, sort=None, axis=labels),
        x=alt.X("value:Q", title=None, axis=alt.Axis(format="~s", tickCount=5), scale=room),
    )
    kinds = [tell("look_stated", lang), tell("look_estimated", lang)]
    bars = base.mark_bar(cursor="pointer", stroke=ACCENT, strokeWidth=1).encode(
        color=alt.Color(
            "estimated:N",
            title=None,
            scale=alt.Scale(domain=kinds, range=[ACCENT, "#ffffff"]),
            legend=alt.Legend(orient="bottom", direction="vertical", symbolStrokeColor=ACCENT),
        ),
        tooltip=[
            alt.Tooltip("figure:N", title=tell("case_effect", lang)),
            alt.Tooltip("estimated:N", title=tell("look_kind", lang)),
        ],
    )
    pick = alt.selection_point(name="bar", fields=["at"], toggle=False, empty=False)
    bars = bars.add_params(pick)
    figures = base.mark_text(align="left", dx=4, color=INK).encode(text="figure:N")
    return layers(bars, figures, height=28 * len(rows) + 110)


def effect_label(effect: Effect, lang: Lang) -> str:
    """Who saved it."""
    return effect.place.name_en if lang == "en" else effect.place.name


def figure_text(effect: Effect, lang: Lang) -> str:
    """The figure with its unit: 1,200時間, 67.6%."""
    unit = {"hours_a_year": "時間", "yen_a_year": "円", "share_of_work": "%"}[effect.measure]
    return f"{effect.value:,.10g}{tell(f'unit_{unit}', lang)}"
