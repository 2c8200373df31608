"""Web pages, mails, books and PDF."""

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from errors import JireiError
from ingest.limits import Limits
from ingest.loaders.mail import eml_members
from tests.ingest.animals import PLAIN
from tests.ingest.loaders.reads import read, text_of
from tests.ingest.zoo_pages import book, mail


def page(folder: Path, body: str) -> str:
    return text_of(folder, "a.html", f"<html><body>{body}</body></html>".encode()).strip()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一<b>二</b>三</p>", "一二三"),
        ("<p>一<br>二</p>", "一\n二"),
        ("<div>一<p>二</p>三</div>", "一\n二\n\n三"),
        ("<h3>題<small>副</small></h3>文", "### 題副\n\n文"),
        ("<ul><li>一<li>二</ul>", "- 一\n- 二"),
        ("<header>看板</header><article><header><h1>題</h1></header>文</article>", "# 題\n\n文"),
        ("<div class='side-menu'>一覧</div><div class='considered'>文</div>", "文"),
        ("<ruby>北<rt>きた</rt></ruby>町", "北町"),
        ("<p><ruby>北<rp>（</rp><rt>きた</rt><rp>）</rp></ruby>町</p>", "北町"),
        ("<a href='#'><div>枠</div></a>", "枠"),
        ("<table><tr><td>課<td>円<tr><td>総務<td>1</table>", "課、円\n課：総務、円：1"),
        ("<table><tr><td colspan=2>表題<tr><td>課<td>円<tr><td>総務<td>1</table>",
         "表題\n課、円\n課：総務、円：1"),
        ("<table>外<tr><td>中</table>", "外\n中"),
        ("<form id='aspnet'><h2>題</h2><p>文</p></form>", "## 題\n\n文"),
        ("<div class='side'><h1>題</h1><p>文</p></div>", "# 題\n\n文"),
        ("<pre>一\n二<b>三\n四</b>五\n六</pre>", "一\n二三\n四五\n六"),
        ("<p>窓口の\n      受付を</p>", "窓口の受付を"),
        ("<p>課<font>一<br>二</font>三</p>", "課一\n二三"),
        ("<p>町田<nobr>市の</nobr>例、氏名<input>様</p>", "町田市の例、氏名様"),
        ("<p>RPA\nと AI\nOCR</p>", "RPA と AI OCR"),
        ("<h2>窓口の\n受付</h2>", "## 窓口の受付"),
        ("<table><tr><th>課<td>総務<tr><th>電話<td>042</table>", "課、総務\n電話、042"),
        ("<table><tr><td>課<td>円<tr><td><p>総務<p>第一<td>1<img>円</table>",
         "課、円\n課：総務 第一、円：1円"),
        ("<table><tr><td>目次<td><h2>題</h2>一<br>二</table>", "目次\n\n## 題\n\n一\n二"),
        ("文<noframes><body>枠が要ります</body></noframes>", "文"),
        ("<!-- 注 --><script>x</script><style>y</style>文", "文"),
    ],
)  # fmt: skip
def test_page_becomes_lines(tmp_path: Path, body, text):
    assert page(tmp_path, body) == text


def test_class_of_the_body_leaves_nothing_out(tmp_path: Path):
    data = f"<body class='side menu'><p>{PLAIN}</p></body>".encode()
    assert text_of(tmp_path, "a.html", data).strip() == PLAIN


def test_page_title_and_counts(tmp_path: Path):
    data = "<title>案内 | 北町</title><nav>目次</nav><p>文。</p><p hidden>裏</p>".encode("cp932")
    reading = read(tmp_path, "a.html", data)
    assert reading.document.metadata.title == "案内 | 北町"
    assert reading.facts.left_out == {"left_boilerplate": 2, "left_hidden": 1}
    assert (reading.facts.characters, reading.facts.encoding) == (5, "cp932")


def test_mail_has_its_subject_date_and_encoding(tmp_path: Path):
    reading = read(tmp_path, "a.eml", mail("本文です。窓口の受付を始めました。", "iso-2022-jp"))
    assert reading.document.metadata.title == "会議の件"
    assert reading.document.metadata.published == "2025-03-04"
    assert reading.facts.encoding == "iso-2022-jp"
    assert reading.document.text.startswith("\n# 会議の件\n\n差出人：soumu@example.jp\n日時：")


def test_mail_gives_its_attachments_under_safe_names(tmp_path: Path):
    message = EmailMessage()
    message["Subject"] = "添付"
    message.set_content("本文")
    for name in ("../表.csv", "資料.txt"):
        message.add_attachment(name.encode(), "application", "octet-stream", filename=name)
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    members = list(eml_members(tmp_path / "a.eml", "a.eml", Limits()))
    assert [(m.name, m.data.decode()) for m in members] == [
        ("表.csv", "../表.csv"),
        ("資料.txt", "資料.txt"),
    ]


def members_of(tmp_path: Path, message: EmailMessage) -> list[tuple[str, bytes]]:
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    found = eml_members(tmp_path / "a.eml", "a.eml", Limits())
    return [(member.name, member.data.replace(b"\r\n", b"\n").strip()) for member in found]


def test_mail_gives_forwarded_messages_and_parts_without_a_name(tmp_path: Path):
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("forwarded text")
    message = EmailMessage()
    message["Subject"] = "outer"
    message.set_content("body")
    message.make_mixed()
    message.add_attachment(inner)
    message.attach(part_of("text/plain", b"footer of the list"))
    message.attach(part_of("text/plain", b" \n"))
    (name, forwarded), footer = members_of(tmp_path, message)
    assert name == "attachment 1.eml"
    assert forwarded.startswith(b"Subject: inner\n")
    assert forwarded.endswith(b"\n\nforwarded text")
    assert footer == ("attachment 2.txt", b"footer of the list")


def part_of(kind: str, data: bytes, name: str | None = None) -> EmailMessage:
    part = EmailMessage()
    main, sub = kind.split("/")
    part.set_content(data, main, sub, cte="base64", filename=name, disposition="inline")
    return part


def test_mail_gives_files_that_stand_inside_another_form_of_the_body(tmp_path: Path):
    other = EmailMessage()
    other.make_mixed()
    other.attach(part_of("text/html", b"<p>body</p>"))
    other.attach(part_of("application/pdf", b"%PDF", "a.pdf"))
    message = EmailMessage()
    message["Subject"] = "Apple"
    message.set_content("body")
    message.make_alternative()
    message.attach(other)
    assert members_of(tmp_path, message) == [("a.pdf", b"%PDF")]


def test_mail_gives_no_picture_that_is_shown_in_its_body(tmp_path: Path):
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content("<img src=cid:x>", "html")
    message.add_related(b"GIF", "image", "gif", filename="x.gif", disposition="inline")
    message.add_attachment(b"a,b", "text", "csv", filename="y.csv")
    assert members_of(tmp_path, message) == [("y.csv", b"a,b")]


def test_book_has_a_page_for_each_chapter_in_the_order_of_its_spine(tmp_path: Path):
    document = read(tmp_path, "a.epub", book(["<p>一章。</p>", "<p>二章。</p>"])).document
    assert document.metadata.title == "手引き"
    assert [document.page_at(document.text.index(c)) for c in ("一章", "二章")] == [1, 2]


def test_image_without_tesseract_is_told_as_scanned(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("ingest.loaders.ocr.tesseract", lambda: None)
    with pytest.raises(JireiError, match=r"a.png には文字がありません（スキャン画像）"):
        read(tmp_path, "a.png", b"\x89PNG")


def test_image_with_tesseract_is_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("ingest.loaders.ocr.tesseract", lambda: "tesseract")
    monkeypatch.setattr("ingest.loaders.ocr._read", lambda image, limits: f"{PLAIN}\n\n二行目\n")
    reading = read(tmp_path, "a.png", b"\x89PNG")
    assert reading.document.text == f"{PLAIN}\n二行目\n"
    assert (reading.facts.pages, reading.facts.flags) == (1, ("flag_ocr",))


def word_of(data: bytes, charset: str) -> bytes:
    """An encoded word, as headers have them."""
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(data) + b"?="


RING = b"\x1b$B\x2d\x21\x2d\x6a\x1b(B"
"""①㈱ in ISO-2022-JP as Outlook writes it, which the standard does not have."""


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("会議の件".encode("cp932"), "会議の件"),
        ("会議の件".encode(), "会議の件"),
        ("会議の件".encode("iso-2022-jp"), "会議の件"),
        (word_of(RING, "ISO-2022-JP"), "①㈱"),
        (word_of(b"\x1b$B2q5D\x1b(B", "iso-2022-jp") + b"\r\n " + word_of(RING, "iso-2022-jp"),
         "会議①㈱"),
        (word_of("①会議".encode("cp932"), "Shift_JIS"), "①会議"),
        (b"=?ISO-2022-JP?Q?=1B$B-!=1B(B?=", "①"),
    ],
)  # fmt: skip
def test_headers_are_read_as_mailers_of_japan_write_them(tmp_path: Path, written, text):
    reading = read(tmp_path, "a.eml", b"Subject: " + written + b"\r\n\r\nbody")
    assert reading.document.text == f"\n# {text}\n\n\nbody\n"
    message = b'Content-Disposition: attachment; filename="' + written + b'.csv"\r\n\r\na'
    (tmp_path / "a.eml").write_bytes(
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + message + b"\r\n--x--\r\n"
    )
    members = list(eml_members(tmp_path / "a.eml", "a.eml", Limits()))
    assert [member.name for member in members] == [f"{text}.csv"]


def test_mail_whose_plain_body_is_blank_is_read_as_a_page(tmp_path: Path):
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content(" \n")
    message.add_alternative(f"<p>{PLAIN}</p>", subtype="html")
    assert text_of(tmp_path, "a.eml", message.as_bytes()).strip() == f"# s\n\n\n{PLAIN}"
    assert members_of(tmp_path, message) == []


def test_page_rows_of_towns_are_found_where_they_stand(tmp_path: Path):
    rows = "".join(f"<tr><td>{town}</td><td>RPA</td></tr>" for town in ("町田市", "津市"))
    body = f"<h1>題</h1><p>前書き。</p><table><tr><th>市町村</th><th>内容</th></tr>{rows}</table>"
    document = read(tmp_path, "a.html", f"<html><body>{body}</body></html>".encode()).document
    assert [document.text[case.start : case.end].strip() for case in document.cases] == [
        "市町村：町田市、内容：RPA", "市町村：津市、内容：RPA"
    ]  # fmt: skip
