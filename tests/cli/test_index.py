"""`jirei index`, and the index as `jirei serve` finds it."""

import json
import os
import socket
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli import serve
from errors import JireiError
from settings import ROOT, load_settings


@pytest.fixture
def built_twice(built, corpus: Path):
    """Two generations: the small corpus, then without its case of Machida."""
    (corpus / "cases" / "machida.md").unlink()
    assert built("build", str(corpus)).code == 0
    return built


def listed(run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("index", "list", "--json").out)
    return found


def test_index_list_shows_what_is_live(built_twice) -> None:
    lines = built_twice("index", "list").out.splitlines()
    assert ["4文書" in line for line in lines] == [True, False]
    assert ["使用中" in line for line in lines] == [False, True]
    assert [each["documents"] for each in listed(built_twice)] == [4, 3]


def test_index_commands_before_any_build_say_what_to_do(run) -> None:
    assert "「jirei build」" in run("index", "list").out
    assert "「jirei build」" in run("index", "verify").out
    assert "「jirei build」" in run("index", "rollback").complaint()
    assert "「jirei build」" in run("index", "gc").complaint()


def test_index_verify_names_damage_and_fails(built_twice, tmp_path: Path) -> None:
    assert built_twice("index", "verify").out.count("異常はありません") == 2
    live = listed(built_twice)[1]["name"]
    damaged = tmp_path / "var" / "index" / live / "chunks.jsonl"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    ran = built_twice("index", "verify")
    assert ran.code == 2
    assert ran.out.count("異常はありません") == 1
    (line,) = ran.err.splitlines()
    assert line.startswith(f"{live}：壊れたファイル chunks.jsonl。")
    assert "jirei index rollback" in line
    assert json.loads(built_twice("index", "verify", live, "--json").out) == {
        live: ["chunks.jsonl"]
    }


def test_rollback_holds_when_the_page_is_started_and_ends_with_a_build(
    built_twice, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = listed(built_twice)[0]["name"]
    said = built_twice("index", "rollback").out
    assert f"{earlier}（" in said
    assert "4文書" in said
    assert "次の「jirei build」まで" in said
    assert "[該当] 町田市" in built_twice("ask", "町田市のRPAは？").out

    start_no_page(monkeypatch)
    said = built_twice("serve").out
    assert f"索引は {earlier} に戻されたまま" in said
    assert "索引を作りました" not in said
    assert listed(built_twice)[0]["held"] is True

    assert "索引を作りました：3文書" in built_twice("build", str(corpus)).out
    assert "[該当] 町田市" not in built_twice("ask", "町田市のRPAは？").out


def start_no_page(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Lets `serve` do all but start its page; returns the environments that it would have had."""
    environments: list[dict[str, str]] = []
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(os, "execve", lambda _, __, environment: environments.append(environment))
    monkeypatch.setattr(serve, "_check_port", lambda *_: None)
    return environments


def test_page_works_with_the_folders_that_relative_paths_meant(
    built, monkeypatch: pytest.MonkeyPatch
) -> None:
    environments = start_no_page(monkeypatch)
    var = load_settings().var
    monkeypatch.chdir(var.parent)
    monkeypatch.setenv("JIREI_VAR", var.name)
    assert "作り直します" not in built("serve").out
    assert Path.cwd() == ROOT
    assert environments[0]["JIREI_VAR"] == str(var.absolute())
    assert "JIREI_RERANKER" not in environments[0]  # "shipped" is no folder


def test_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(JireiError, match=r"203\.0\.113\.1") as caught:
        serve._check_port("203.0.113.1", 8599)
    assert caught.value.key == "host_wrong"


def test_port_in_use_is_told() -> None:
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as server,
        pytest.raises(JireiError) as caught,
    ):
        serve._check_port("127.0.0.1", server.getsockname()[1])
    assert caught.value.key == "port_taken"


def test_page_of_a_stale_index_says_why_it_builds(
    built, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_no_page(monkeypatch)
    assert "作り直します" not in built("serve").out
    (corpus / "cases" / "machida.md").unlink()
    said = built("serve").out
    assert "索引を作り直します：文書が変わりました。" in said
    assert "3文書" in said


def test_gc_tells_what_it_dropped(built_twice) -> None:
    assert "世代を0個" in built_twice("index", "gc").out
    assert (
        "世代を1個、使われていないベクトルを6件と0ファイル"
        in built_twice("index", "gc", "--keep", "1").out
    )
    assert len(listed(built_twice)) == 1
    assert "--keep" in built_twice("index", "gc", "--keep", "0").complaint()
