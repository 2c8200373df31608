"""The view for those who look after the documents: hand files in, see what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import streamlit as st

from errors import JireiError
from index.background import BackgroundBuild, BuildState
from ingest.documents import FileReport
from ingest.uploads import FORMATS, Kept, Upload, Uploads
from messages import Lang, tell
from ui.file_reports import (
    PAGE,
    document_anchor,
    page_of,
    reports_of_upload,
    show_reports,
    status_label,
)
from ui.generations import show_generations
from ui.safe import plain, say
from ui.view import View

LOOK_SECONDS = 5.0
LOOK_SECONDS_WHILE_RUNNING = 1.0

# The field for files speaks English only, and lists all endings in one long line.
STYLE = """<style>
ul.jirei-files {{ list-style: none; margin: 0; padding: 0 !important; }}
.jirei-files li.failed {{ border-left-color: #a3262c; }}
.jirei-files li.read {{ border-left-color: #1a6b3c; }}
.jirei-files .jirei-label {{ display: inline-block; }}
[data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}
[data-testid=stFileUploaderDropzone] button p {{ font-size: 0; }}
[data-testid=stFileUploaderDropzone] button p::after {{ content: "{pick}"; font-size: 0.875rem; }}
</style>"""


@dataclass(frozen=True, slots=True)
class Notice:
    """What came of something that somebody did here."""

    done: bool
    line: str


def documents_view(view: View) -> None:
    """Files to hand in, how far the build is, all uploads, the report, the generations."""
    lang = view.lang
    if view.settings.role != "editor":
        say(tell("documents_for_editors", lang))
        return
    st.html(STYLE.format(pick=tell("documents_pick", lang)))
    builder = view.builder()
    store = Uploads(view.settings.uploads_folder, view.settings.upload_caps)
    _hand_in(view, store, builder)
    show_progress(builder, lang)
    reports = _live_reports(view)
    _guarded(lambda: _show_uploads(view, store, builder, reports), lang)
    _guarded(lambda: show_reports(reports, lang), lang)
    _guarded(lambda: show_generations(view, builder), lang)


def _guarded(part: Callable[[], None], lang: Lang) -> None:
    """One part of the view; what is wrong with it must not take the others away."""
    try:
        part()
    except JireiError as error:
        say(error.tell(lang))


def _live_reports(view: View) -> tuple[FileReport, ...] | None:
    """The reports on the files of the live generation; None if it has none or cannot be opened."""
    try:
        records = view.answerer().generation.files
    except JireiError:
        return None
    return tuple(report for record in records for report in record.reports) or None


def take_files(
    store: Uploads, files: Sequence[tuple[str, bytes]], lang: Lang, instead_of: str | None = None
) -> list[Notice]:
    """Keeps files, given as name and bytes; what came of each."""
    notices = []
    for name, data in files:
        try:
            notices.append(Notice(True, _kept_line(store.put(name, data, instead_of), lang)))
        except JireiError as error:
            notices.append(Notice(False, error.tell(lang)))
    return notices


def _kept_line(kept: Kept, lang: Lang) -> str:
    if kept.replaced:
        replaced = kept.replaced.name
        return tell("documents_replaced", lang, file=kept.upload.name, other=replaced)
    return tell(f"documents_{kept.how}", lang, file=kept.upload.name)


def remove_file(store: Uploads, name: str, lang: Lang) -> Notice:
    """Removes a file; what came of it."""
    try:
        store.remove(name)
    except JireiError as error:
        return Notice(False, error.tell(lang))
    return Notice(True, tell("documents_removed", lang, file=name))


def _act(notices: list[Notice], builder: BackgroundBuild) -> None:
    """Builds if there is something new, and shows the page anew with what came of it."""
    if any(notice.done for notice in notices):
        builder.request()
    st.session_state["documents_notices"] = notices
    st.session_state.pop("generations_said", None)
    # A new key is an empty field: files that were taken must not be taken again.
    st.session_state["documents_round"] = st.session_state.get("documents_round", 0) + 1
    st.rerun()


def _hand_in(view: View, store: Uploads, builder: BackgroundBuild) -> None:
    lang, settings = view.lang, view.settings
    handed = st.file_uploader(
        tell("documents_hand_in", lang, mb=settings.max_file_mb, files=settings.max_uploads),
        type=[ending.removeprefix(".") for ending in FORMATS],
        accept_multiple_files=True,
        key=f"documents_files_{st.session_state.get('documents_round', 0)}",
    )
    if handed:
        _act(take_files(store, [(each.name, each.getvalue()) for each in handed], lang), builder)
    notices: list[Notice] = st.session_state.get("documents_notices", [])
    if notices:
        lines = "".join(f"<li>{plain(notice.line)}</li>" for notice in notices)
        st.html(f'<div class="jirei-text" role="status"><ul>{lines}</ul></div>')


def show_progress(builder: BackgroundBuild, lang: Lang) -> None:
    """How far the build is, looked at again by itself."""
    shown = builder.state()
    every = LOOK_SECONDS_WHILE_RUNNING if shown.running else LOOK_SECONDS

    def look() -> None:
        state = builder.state()
        if (state.running, state.builds) != (shown.running, shown.builds):
            st.rerun()
        if state.running:
            done = state.done / state.total if state.total else 0.0
            st.progress(min(done, 1.0), progress_line(state, lang))
        elif state.error:
            say(state.error.tell(lang))

    st.fragment(look, run_every=every)()


def progress_line(state: BuildState, lang: Lang) -> str:
    """A running build in words: what it does, how much is done, how fast, and how long yet."""
    parts = [tell(f"build_phase_{state.phase}", lang)]
    if state.total and state.phase in ("reading", "embedding"):
        unit = tell(f"build_unit_{state.phase}", lang)
        parts.append(f"{state.done:,} / {state.total:,} {unit}")
        if state.rate:
            parts.append(f"{state.rate:,.1f} {unit}/{tell('build_second', lang)}")
        if state.seconds_left is not None:
            parts.append(tell("build_left", lang, seconds=max(1, round(state.seconds_left))))
    return " · ".join(parts)


def _show_uploads(
    view: View,
    store: Uploads,
    builder: BackgroundBuild,
    reports: tuple[FileReport, ...] | None,
) -> None:
    lang, uploads = view.lang, store.files()
    st.subheader(tell("documents_uploads", lang, n=len(uploads)))
    if not uploads:
        say(tell("documents_none", lang))
        return
    begin = page_of(len(uploads), "documents_page_list", lang)
    rows = "".join(upload_html(each, reports, lang) for each in uploads[begin : begin + PAGE])
    st.html(f'<ul class="jirei-files">{rows}</ul>')
    chosen = st.selectbox(
        tell("documents_choose", lang),
        [each.name for each in uploads],
        index=None,
        placeholder=tell("documents_choose_hint", lang),
        key="documents_chosen",
    )
    if chosen:
        _change(chosen, view, store, builder)


def upload_html(upload: Upload, reports: tuple[FileReport, ...] | None, lang: Lang) -> str:
    """An upload as an entry of the list: its name, and whether the live index has it."""
    found = reports_of_upload(upload.name, reports or ())
    # An archive counts as read if anything in it was.
    best = next((each for each in found if each.status == "read"), found[0] if found else None)
    status = best.status if best else "waiting"
    added = datetime.fromisoformat(upload.added).astimezone()
    where = f"{size_of(upload.size)} · {added:%Y-%m-%d %H:%M}"
    name = plain(upload.name)
    if best and status == "read":
        name = document_anchor(best.path, upload.name, lang)
    return (
        f'<li class="jirei-case {status}"><b class="jirei-text">{name}</b> '
        f'<span class="jirei-label">{plain(status_label(status, lang))}</span>'
        f'<div class="jirei-where">{plain(where)}</div></li>'
    )


def size_of(size: int) -> str:
    """Bytes in the unit that people read: 1 kB are 1,000."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} kB"


def _change(chosen: str, view: View, store: Uploads, builder: BackgroundBuild) -> None:
    """What can be done with the upload that was chosen."""
    lang = view.lang
    with st.container(border=True):
        say(chosen)
        other = st.file_uploader(
            tell("documents_replace", lang),
            type=[ending.removeprefix(".") for ending in FORMATS],
            key=f"documents_other_{st.session_state.get('documents_round', 0)}",
        )
        if other:
            files = [(other.name, other.getvalue())]
            _act(take_files(store, files, lang, instead_of=chosen), builder)
        sure = st.session_state.get("documents_sure") == chosen
        if not sure:
            ask = partial(st.session_state.__setitem__, "documents_sure", chosen)
            st.button(tell("documents_remove", lang), key="documents_remove", on_click=ask)
            return
        say(tell("documents_remove_sure", lang, file=chosen))
        with st.container(horizontal=True):
            yes = st.button(tell("documents_remove_yes", lang), key="documents_yes")
            no = st.button(tell("documents_remove_no", lang), key="documents_no")
    if yes or no:
        del st.session_state["documents_sure"]
    if yes:
        _act([remove_file(store, chosen, lang)], builder)
    if no:
        st.rerun()
