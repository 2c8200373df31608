"""The view of the documents, run without a browser on the stub encoder."""

from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from errors import JireiError
from index.background import BackgroundBuild, BuildState
from index.build import build
from index.encoder import make_encoder
from index.manifest import current_name
from index.publish import build_lock, generation_names
from ingest.uploads import INDEX, Uploads
from messages import tell
from settings import Settings, load_settings
from tests.ui.asking import html, new_page
from ui import view as view_module
from ui.documents import progress_line, remove_file, take_files
from ui.view import View

KYOTO = "京都市：入力の自動化\n\n京都市は、RPAで入力を自動化している。\n".encode("cp932")


@pytest.fixture
def page(corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()
    build([corpus], make_encoder(settings), settings)
    return opened()


def opened() -> AppTest:
    page = new_page()
    page.query_params["view"] = "documents"
    return page.run()


def built(page: AppTest, settings: Settings) -> str:
    """The page after the build that it asked for has ended."""
    builder: BackgroundBuild = view_module._background_build(settings.model_dump_json())
    assert builder.wait(60)
    assert builder.state().phase == "done"
    return html(page.run())


def hand_in(page: AppTest, name: str, data: bytes) -> str:
    uploader = next(each for each in page.file_uploader if "追加" in each.label)
    return html(uploader.upload(name, data).run())


def choice(page: AppTest) -> "Selectbox[str]":
    """The generations to go back to."""
    return next(each for each in page.selectbox if each.label == "戻す先の世代")


@pytest.fixture
def store(settings: Settings) -> Uploads:
    return Uploads(settings.uploads_folder, settings.upload_caps)


def test_empty_state_tells_what_to_do(page: AppTest) -> None:
    shown = html(page)
    assert "まだありません。上の枠にファイルを置くと" in shown
    # The one file with a remark is shown first.
    assert "docs/articles/what.md" in shown
    assert "docs/cases/saitama.md" not in shown
    assert "どの自治体の文書か分からず" in shown
    assert "使用中" in shown


def test_reader_is_told_in_one_line_and_sees_nothing_else(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIREI_ROLE", "reader")
    page.run()
    assert "文書の管理者（JIREI_ROLE=editor）" in html(page)
    assert len(page.file_uploader) == len(page.button) == len(page.subheader) == 0


def test_wrong_role_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIREI_ROLE", "boss")
    with pytest.raises(JireiError, match="JIREI_ROLE"):
        load_settings()


def test_handed_in_file_is_built_in_reported_and_quoted(page: AppTest, settings: Settings) -> None:
    assert "京都市 報告.txt を受け取りました。" in hand_in(page, "京都市 報告.txt", KYOTO)
    shown = built(page, settings)
    assert '京都市 報告.txt</a></b> <span class="jirei-label">○ 索引にあり' in shown
    assert 'href="?doc=uploads%2F%E4%BA%AC%E9%83%BD%E5%B8%82+%E5%A0%B1' in shown
    page.radio(key="documents_kind_ja").set_value("uploads").run()
    shown = html(page)
    # 京都市：入力の自動化 are 10 characters, 京都市は、RPAで入力を自動化している。 are 20.
    assert "uploads/京都市 報告.txt" in shown
    assert "文字コード cp932（確かさ 100%）" in shown
    assert "文字 30 ＝ 索引 30 ＋ 除外 0" in shown
    page.radio(key="view_ja").set_value("ask").run()
    page.chat_input[0].set_value("京都市のRPAは？").run()
    shown = html(page)
    assert "「京都市は、RPAで入力を自動化している。」" in shown
    assert "?doc=uploads%2F%E4%BA%AC%E9%83%BD%E5%B8%82+%E5%A0%B1%E5%91%8A.txt&amp;start=" in shown


def test_rollback_takes_a_document_away_and_building_brings_it_back(
    page: AppTest, settings: Settings
) -> None:
    first = current_name(settings.index_folder)
    hand_in(page, "京都市.txt", KYOTO)
    built(page, settings)
    choice(page).set_value(first)
    page.button(key="generations_back").click().run()
    shown = html(page)
    assert f"{first}（4文書）に戻しました" in shown
    assert "使用中（戻した世代）" in shown
    assert current_name(settings.index_folder) == first
    assert "… 索引に未反映" in shown
    page.radio(key="view_ja").set_value("ask").run()
    page.chat_input[0].set_value("京都市のRPAは？").run()
    assert "京都市の文書はありません" in html(page)
    page.radio(key="view_ja").set_value("documents").run()
    page.button(key="generations_build").click().run()
    assert "使用中（戻した世代）" not in built(page, settings)
    assert current_name(settings.index_folder) != first


def test_removed_document_is_asked_about_first_and_then_gone(
    page: AppTest, settings: Settings, store: Uploads
) -> None:
    hand_in(page, "京都市.txt", KYOTO)
    hand_in(page, "別.txt", "三重県は相談窓口を設けた。".encode())
    built(page, settings)
    page.selectbox(key="documents_chosen").set_value("京都市.txt").run()
    page.button(key="documents_remove").click().run()
    assert "京都市.txt を削除し、索引からも外します" in html(page)
    page.button(key="documents_no").click().run()
    assert len(store.files()) == 2
    page.button(key="documents_remove").click().run()
    page.button(key="documents_yes").click().run()
    assert "京都市.txt を削除しました" in html(page)
    assert [each.name for each in store.files()] == ["別.txt"]
    shown = built(page, settings)
    assert "uploads/京都市" not in shown
    assert page.selectbox(key="documents_chosen").value is None


def test_document_is_replaced_by_one_with_another_name(
    page: AppTest, settings: Settings, store: Uploads
) -> None:
    hand_in(page, "案1.txt", KYOTO)
    built(page, settings)
    page.selectbox(key="documents_chosen").set_value("案1.txt").run()
    other = next(each for each in page.file_uploader if "置き換える" in each.label)
    text = "三重県は、書かない窓口を設けた。".encode("euc_jp")
    shown = html(other.upload("案2.txt", text).run())
    assert "案2.txt を受け取り、前の 案1.txt と置き換えました。" in shown
    assert [each.name for each in store.files()] == ["案2.txt"]
    built(page, settings)


def test_hostile_name_and_text_stay_text(page: AppTest, settings: Settings) -> None:
    name = "<img src=x onerror=alert(1)> \u202e[市](x) **b**.txt"
    shown = hand_in(page, name, KYOTO)
    assert "&lt;img src=x onerror=alert(1)&gt; [市](x) **b**.txt" in shown
    shown += built(page, settings)
    page.selectbox(key="documents_chosen").set_value(
        page.selectbox(key="documents_chosen").options[0]
    )
    shown += html(page.run())
    assert "<img" not in shown
    assert "\u202e" not in shown


def test_bad_files_are_told_and_good_ones_taken(store: Uploads) -> None:
    files = [("a.exe", b"x"), ("..\\b.txt", KYOTO), ("c.txt", KYOTO), ("d.txt", b"")]
    notices = take_files(store, files, "en")
    assert [notice.done for notice in notices] == [False, True, False, False]
    assert [notice.line for notice in notices] == [
        tell("upload_format", "en", file="a.exe"),
        "b.txt was added.",
        "c.txt has the same content as b.txt, which is there already. It was not added.",
        "d.txt is empty. Fill it or remove it.",
    ]
    assert take_files(store, [("b.txt", KYOTO)], "en")[0].line == "b.txt is the same as before."
    assert not remove_file(store, "z.txt", "ja").done


def test_damaged_list_of_uploads_is_told_and_the_rest_of_the_view_stays(
    page: AppTest, settings: Settings
) -> None:
    hand_in(page, "京都市.txt", KYOTO)
    built(page, settings)
    (settings.uploads_folder / INDEX).write_bytes(b"{")
    shown = html(page.run())
    assert "uploads.json が壊れています" in shown
    assert "使用中" in shown


def test_view_without_an_index_tells_how_to_make_one(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    monkeypatch.setenv("JIREI_CORPUS", str(corpus))
    page = opened()
    assert "索引がまだありません" in html(page)
    page.button(key="generations_build").click().run()
    builder = view_module._background_build(
        settings.model_copy(update={"corpus": corpus}).model_dump_json()
    )
    assert builder.wait(60)
    html(page.run())
    assert len(generation_names(settings.index_folder)) == 1


def test_verify_names_the_damaged_file(page: AppTest, settings: Settings) -> None:
    name = current_name(settings.index_folder)
    page.button(key="generations_verify").click().run()
    assert f"{name}：すべてのファイルに異常はありません" in html(page)
    (settings.index_folder / str(name) / "chunks.jsonl").write_bytes(b"x")
    page.button(key="generations_verify").click().run()
    assert f"{name}：壊れたファイル chunks.jsonl" in html(page)


def test_rollback_while_another_process_builds_is_told_in_a_line(
    page: AppTest, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.generations.WAIT_SECONDS", 0.1)
    first = current_name(settings.index_folder)
    hand_in(page, "京都市.txt", KYOTO)
    built(page, settings)
    newest = current_name(settings.index_folder)
    choice(page).set_value(first)
    with build_lock(settings.index_folder):
        page.button(key="generations_back").click().run()
    assert "ほかの処理が" in html(page)
    assert current_name(settings.index_folder) == newest


def test_english_view_is_complete(page: AppTest) -> None:
    page.sidebar.radio[0].set_value("en").run()
    assert "None yet. Drop files above" in html(page)
    assert [each.value for each in page.subheader] == [
        "Uploaded documents (0)",
        "What was read (live index)",
        "Generations of the index",
    ]


def test_running_build_is_told_with_rate_and_time_left() -> None:
    state = BuildState("embedding", done=500, total=2000, seconds=10.0)
    assert progress_line(state, "ja") == (
        "文章を埋め込み中 · 500 / 2,000 文 · 50.0 文/秒 · 残り約30秒"
    )
    assert progress_line(replace(state, phase="writing"), "en") == "Writing the index"
    assert progress_line(BuildState("reading", total=9), "en") == "Reading documents · 0 / 9 files"


def test_two_sessions_share_one_builder(settings: Settings) -> None:
    st.cache_resource.clear()
    assert View(settings, "ja").builder() is View(settings, "en").builder()
