import errno
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from answer.respond import Answerer
from errors import JireiError
from index import build as module
from index import publish
from index.build import BuildProgress, build, inputs_digest
from index.life import why_stale
from index.manifest import CURRENT, MANIFEST, current_name
from index.publish import ASIDE, generation_names
from ingest.documents import FileReport
from ingest.limits import DEFAULT_LIMITS
from settings import Settings
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append


def test_first_build_encodes_chunks_and_units_with_their_case(corpus, settings, encoder):
    built = build([corpus], encoder, settings)
    assert built.changed
    assert {report.status for report in built.reports} == {"read"}
    about_mie = {text for text in encoder.asked if "若年層に向けて" in text}
    sentence = "若年層に向けて、SNSの相談窓口を設けた。"
    # The full-width colon is folded before it is encoded.
    assert about_mie == {
        f"三重県 若者の相談 三重県:若者の相談\n# 三重県:若者の相談\n\n{sentence}",
        sentence,
        f"三重県:{sentence}",
    }
    sentence = "自治体DXは、行政サービスを変革することである。"
    assert f"自治体DXとは\n# 自治体DXとは\n\n{sentence}" in encoder.asked


def test_unit_is_found_by_the_name_of_its_case(built):
    assert built.generation.unit_level.lexical.postings("三重県")[0].tolist() == [3]


def test_unit_vector_is_the_mean_of_its_two(built, encoder):
    row = 3
    unit = built.generation.units[row].text
    assert unit.startswith("若年層")
    plain, named = encoder.encode_queries([unit, f"三重県:{unit}"])
    found = built.generation.unit_level.vectors.vector(row)
    assert found.tolist() == ((plain + named) / 2).astype(np.float16).tolist()


def test_unchanged_corpus_makes_no_new_generation(built, corpus, settings, encoder):
    again = build([corpus], encoder, settings)
    assert not again.changed
    assert again.generation.name == built.generation.name
    assert generation_names(settings.index_folder) == [built.generation.name]
    assert encoder.asked == []
    assert len(again.reports) == 4


def test_only_what_changed_is_encoded(built, corpus, settings, encoder):
    append(corpus, MIE, ADDED)
    again = build([corpus], encoder, settings)
    assert again.changed
    assert generation_names(settings.index_folder) == [built.generation.name, again.generation.name]
    head = "三重県 若者の相談 三重県:若者の相談\n# 三重県:若者の相談"
    passage = f"{head}\n\n若年層に向けて、SNSの相談窓口を設けた。\n\n{ADDED}"
    assert sorted(encoder.asked) == sorted([passage, ADDED, f"三重県:{ADDED}"])
    assert ADDED in [unit.text for unit in again.generation.units]


def test_added_document_is_all_that_is_encoded(built, corpus, settings, encoder):
    (corpus / "cases" / "tsu.md").write_text(f"# 津市：説明会\n\n{ADDED}\n", "utf-8")
    again = build([corpus], encoder, settings)
    head = "津市 津市:説明会\n# 津市:説明会"
    assert sorted(encoder.asked) == sorted([f"{head}\n\n{ADDED}", ADDED, f"津市:{ADDED}"])
    assert again.generation.manifest.counts["documents"] == 5


def test_renamed_document_encodes_nothing_and_is_quoted_under_its_new_name(
    built, corpus, settings, encoder
):
    (corpus / MIE).rename(corpus / "cases" / "soudan.md")
    assert build([corpus], encoder, settings).changed
    assert encoder.asked == []
    answer = Answerer.open(settings).ask("三重県の若年層の相談窓口は？")
    assert {quote.document for case in answer.cases for quote in case.quotes} == {
        "docs/cases/soudan.md"
    }


def test_document_that_comes_back_encodes_nothing(built, corpus, settings, encoder):
    text = (corpus / MIE).read_text("utf-8")
    (corpus / MIE).unlink()
    build([corpus], encoder, settings)
    (corpus / MIE).write_text(text, "utf-8")
    again = build([corpus], encoder, settings)
    assert encoder.asked == []
    assert again.generation.units == built.generation.units


def test_deletion_takes_effect_in_one_rename(built, corpus, settings, encoder, monkeypatch):
    seen: list[list[str]] = []
    replace = os.replace

    def answered() -> list[str]:
        return [case.name for case in Answerer.open(settings).ask("町田市のRPAは？").cases]

    def watched(source: Path, target: Path) -> None:
        seen.append(answered())
        replace(source, target)
        seen.append(answered())

    monkeypatch.setattr(os, "replace", watched)
    (corpus / "cases" / "machida.md").unlink()
    build([corpus], encoder, settings)
    assert seen == [["町田市"], []]


def test_build_that_waited_reads_what_the_files_say_by_then(corpus, settings, encoder):
    def meanwhile() -> None:
        append(corpus, MIE, ADDED)
        holder.release()

    settings.index_folder.mkdir(parents=True)
    holder = FileLock(settings.index_folder / ".lock")
    holder.acquire()
    built = build([corpus], encoder, settings, BuildProgress(on_wait=meanwhile))
    assert ADDED in [unit.text for unit in built.generation.units]


def test_file_that_changes_while_it_is_read_makes_the_index_stale_not_wrong(
    corpus, settings, encoder
):
    def change(report: FileReport) -> None:
        if report.path == "docs/cases/mie.md":
            append(corpus, MIE, ADDED)

    build([corpus], encoder, settings, BuildProgress(on_file=change))
    assert why_stale(settings, encoder) == "stale_files"
    again = build([corpus], encoder, settings)
    assert ADDED in [unit.text for unit in again.generation.units]
    assert why_stale(settings, encoder) is None


def test_deleted_document_is_gone_from_both_arms(built, corpus, settings, encoder):
    machida = built.generation.chunk_level.lexical.postings("町田")
    assert len(machida[0]) == 2
    (corpus / "cases" / "machida.md").unlink()
    generation = build([corpus], encoder, settings).generation
    assert "docs/cases/machida.md" not in generation.documents
    assert [chunk for chunk in generation.chunks if "町田" in chunk.text] == []
    for level in (generation.chunk_level, generation.unit_level):
        assert len(level.lexical.postings("町田")[0]) == 0
        assert level.vectors.n_rows == 4
    assert encoder.asked == []


def test_another_encoder_makes_another_generation(built, corpus, settings):
    other = Counting("other@1")
    again = build([corpus], other, settings)
    assert again.changed
    assert again.generation.manifest.encoder == "other@1"
    assert other.asked != []


def test_changed_thesaurus_makes_another_generation_but_encodes_nothing(
    built, corpus, settings, encoder
):
    settings.thesaurus.write_text("concept,term,lang,kind\nyouth,若年層,ja,preferred\n", "utf-8")
    again = build([corpus], encoder, settings)
    assert again.changed
    assert encoder.asked == []
    assert again.generation.unit_level.lexical.postings("c:youth")[0].tolist() == [3]


@pytest.mark.parametrize("name", ["units.vectors.npy", MANIFEST])
def test_damaged_generation_is_built_anew(built, corpus, settings, encoder, name):
    path = settings.index_folder / built.generation.name / name
    path.write_bytes(path.read_bytes()[:-7])
    again = build([corpus], encoder, settings)
    assert again.changed
    assert again.generation.name > built.generation.name
    assert Answerer.open(settings).generation.name == again.generation.name


def test_generations_beyond_the_setting_are_dropped(corpus, encoder):
    settings = Settings(keep_generations=2)
    names = []
    for number in range(4):
        append(corpus, MIE, f"第{number}回を開いた。")
        names.append(build([corpus], encoder, settings).generation.name)
    assert generation_names(settings.index_folder) == names[-2:]


def test_newest_sorts_last_though_the_clock_goes_back(corpus, settings, encoder, monkeypatch):
    years = iter([2025, 2025, 2024, 2023, 2026])

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(next(years), 4, 1, tzinfo=UTC)

    monkeypatch.setattr(module, "datetime", Clock)
    names = []
    for number in range(5):
        append(corpus, MIE, f"第{number}回を開いた。")
        names.append(build([corpus], encoder, Settings(keep_generations=9)).generation.name)
    assert generation_names(settings.index_folder) == names
    assert [name[:20] for name in names] == [
        "20250401T000000-0000",
        "20250401T000000-0001",
        "20250401T000000-0002",
        "20250401T000000-0003",
        "20260401T000000-0000",
    ]
    assert current_name(settings.index_folder) == names[-1]


@pytest.mark.parametrize("name", ["chunks.jsonl", "units.rows.npy", MANIFEST, ASIDE + CURRENT])
def test_full_disk_leaves_the_old_index_answering(
    built, corpus, settings, encoder, monkeypatch, name
):
    append(corpus, "cases/saitama.md", "入力事務のRPAで900時間を減らした。")
    write = publish.write_synced

    def fill(path: Path, *parts: bytes) -> None:
        if path.name == name:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, *parts)

    monkeypatch.setattr(publish, "write_synced", fill)
    with pytest.raises(JireiError, match=r"No space left.*前の索引はそのまま") as caught:
        build([corpus], encoder, settings)
    assert caught.value.key == "disk_write"
    answer = Answerer.open(settings).ask("RPAで入力事務を自動化している市は？")
    assert answer.index == built.generation.name
    quotes = [quote.text for quote in answer.cases[0].quotes]
    assert "さいたま市は、入力事務をRPAで自動化している。" in quotes
    monkeypatch.undo()
    assert build([corpus], encoder, settings).changed


@pytest.mark.parametrize("missing", ["absent", "empty"])
def test_build_of_nothing_leaves_the_old_index(built, settings, encoder, tmp_path, missing):
    (tmp_path / "empty").mkdir()
    with pytest.raises(JireiError, match=missing):
        build([tmp_path / missing], encoder, settings)
    assert current_name(settings.index_folder) == built.generation.name


def test_progress_tells_files_and_texts(corpus, settings, encoder):
    files: list[FileReport] = []
    texts: list[tuple[int, int]] = []
    build(
        [corpus],
        encoder,
        settings,
        BuildProgress(files.append, lambda done, of: texts.append((done, of))),
    )
    assert [report.path for report in files] == [
        "docs/articles/what.md",
        "docs/cases/machida.md",
        "docs/cases/mie.md",
        "docs/cases/saitama.md",
    ]
    assert texts == [(18, 18)]


def test_digest_changes_with_a_file_a_name_the_encoder_the_splitter_and_the_limits(corpus, encoder):
    def digest(roots: Sequence[Path], splitter: str = "cut/1") -> str:
        return inputs_digest(roots, encoder, splitter, DEFAULT_LIMITS)

    first = digest([corpus])
    assert digest([corpus]) == first
    other = inputs_digest([corpus], Counting("x"), "cut/1", DEFAULT_LIMITS)
    fewer = inputs_digest([corpus], encoder, "cut/1", replace(DEFAULT_LIMITS, pages=9))
    found = {first, digest([corpus], "cut/2"), other, fewer}
    append(corpus, MIE, ADDED)
    found.add(digest([corpus]))
    (corpus / MIE).rename(corpus / "cases" / "mie2.md")
    found.add(digest([corpus]))
    assert len(found) == 6


def test_serials_beyond_four_digits_still_sort_by_number(built, corpus, settings, encoder):
    folder = settings.index_folder
    late = "20990101T000000-9999-aaaaaaaa"
    (folder / built.generation.name).rename(folder / late)
    append(corpus, MIE, ADDED)
    first = build([corpus], encoder, settings).generation.name
    append(corpus, MIE, "もう一度開いた。")
    second = build([corpus], encoder, settings).generation.name
    assert (first[:21], second[:21]) == ("20990101T000000-10000", "20990101T000000-10001")
    assert generation_names(folder) == [late, first, second]
