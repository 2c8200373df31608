"""What the page tells of each file that was read."""

from ingest.documents import Facts, FileReport
from ui.documents import size_of
from ui.file_reports import report_html, reports_of_upload


def test_report_of_a_file_balances_and_says_why() -> None:
    facts = Facts(
        characters=1200,
        left_out={"left_header": 150, "left_hidden": 50},
        pages=3,
        pages_without_text=1,
        tables=2,
        garbling=0.015,
        flags=("flag_hidden", "flag_orders"),
    )
    report = FileReport("docs/a.pdf", "read", indexed=1000, facts=facts, duplicate_of="docs/b.pdf")
    shown = report_html(report, "ja")
    for part in (
        "3ページ（文字なし 1） · 表 2",
        "文字 1,200 ＝ 索引 1,000 ＋ 除外 200"
        "（ヘッダー・フッター・ページ番号 150、非表示の文字 50）",
        "文字化けの疑い 1.5%",
        "docs/b.pdf と同じ内容",
        "非表示の文字あり",
        "指示のような文あり",
    ):
        assert part in shown
    failed = FileReport("docs/c.pdf", "failed", "file_password", {"file": "docs/c.pdf"})
    assert "docs/c.pdf has a password. Save it again without one." in report_html(failed, "en")


def test_archive_is_reported_with_the_files_inside_it() -> None:
    paths = ("uploads/a.zip/b.txt", "uploads/a.zip", "uploads/a.zip.txt", "docs/a.zip")
    reports = [FileReport(path, "read") for path in paths]
    assert [r.path for r in reports_of_upload("a.zip", reports)] == list(paths[:2])


def test_sizes_are_told_in_decimal_units() -> None:
    assert (size_of(999), size_of(1_000_000)) == ("1.0 kB", "1.0 MB")
