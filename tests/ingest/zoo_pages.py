"""The pages of the zoo: HTML, MHTML, EPUB, e-mail and PDF."""

import io
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import CIDFont, UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.animals import HALF, NUMBERS, PLAIN, VENDOR, Animal, archive
from tests.ingest.samples import encoded

# Web pages, mails, books.


def web_pages() -> Iterator[Animal]:
    menu = "<nav>一覧へ</nav><div class='breadcrumb'>現在地</div><footer>三課</footer>"
    page = f"<title>案内</title><body>{menu}<main><h2>経過</h2><p>{PLAIN}</p></main></body>"
    left = ("left_boilerplate",)
    yield Animal("menus.html", page.encode("cp932"), ("## 経過", PLAIN), None, left)
    lists = f"<body><ul><li>一つ目<ul><li>{HALF}</li></ul></li></ul><dl><dt>語<dd>意味</dl></body>"
    yield Animal("lists.htm", lists.encode("cp932"), ("- 一つ目", HALF, "語", "意味"))
    table = "<table><tr><th>課<th>円<tr><td rowspan=2>総務課<td>1<tr><td>2</table>"
    yield Animal("table.html", table.encode("euc-jp"), ("課：総務課、円：1", "課：総務課、円：2"))
    nested = f"<table><tr><td><table><tr><td>{PLAIN}</td></tr></table></td></tr></table>"
    yield Animal("layout.html", nested.encode(), (PLAIN,))
    hidden = f"<p>{PLAIN}</p><p style='display: none'>見えない</p><script>var a=1</script>"
    flags = ("flag_hidden",)
    yield Animal("hidden.html", hidden.encode(), (PLAIN,), None, ("left_hidden",), flags)
    white = f"<p style='color:#fff'>{PLAIN}</p>"
    yield Animal("white.html", white.encode(), (PLAIN,), flags=("flag_white",))
    broken = f"<p>{PLAIN}<div><b>閉じない<table><tr><td>続き"
    yield Animal("unclosed.html", broken.encode(), (PLAIN, "閉じない", "続き"))
    entities = "<p>&#x5317;町&amp;南町&nbsp;の窓口</p><br><p>a&lt;b</p>"
    yield Animal("entities.html", entities.encode(), ("北町&南町 の窓口", "a<b"))
    short = "<meta charset=shift_jis><p>亜</p>".encode("cp932")
    yield Animal("named.html", short, ("亜",))
    for encoding in ("utf-8", "cp932"):
        yield Animal(f"saved-{encoding}.mhtml", saved_page(encoding), (PLAIN,))
    chapters = [f"<h1>一章</h1><p>{PLAIN}</p>", f"<h1>二章</h1><p>{VENDOR}</p>"]
    yield Animal("plain.epub", book(chapters), ("# 一章", PLAIN, "# 二章", VENDOR))


def saved_page(encoding: str) -> bytes:
    """A page as a browser saves it, with an image beside it."""
    message = EmailMessage()
    message.set_content(f"<p>{PLAIN}</p>", subtype="html", charset=encoding)
    message.add_related(b"GIF89a", "image", "gif", cid="<a>")
    return message.as_bytes()


def book(chapters: list[str]) -> bytes:
    """An EPUB with these bodies."""
    files = {
        "META-INF/container.xml": "<container "
        "xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>"
        "<rootfiles><rootfile full-path='OPS/a.opf'/></rootfiles></container>"
    }
    items = refs = ""
    for number, body in enumerate(chapters):
        files[f"OPS/{number}.xhtml"] = (
            f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'>"
            f"<head><title>章</title></head><body>{body}</body></html>"
        )
        items += f"<item id='c{number}' href='{number}.xhtml' media-type='application/xhtml+xml'/>"
        refs += f"<itemref idref='c{number}'/>"
    files["OPS/a.opf"] = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>手引き</dc:title></metadata>"
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    return archive({name: text.encode() for name, text in files.items()})


def mails() -> Iterator[Animal]:
    for encoding in ("utf-8", "cp932", "iso-2022-jp", "euc-jp"):
        data = mail(PLAIN, encoding)
        yield Animal(
            f"mail-{encoding}.eml", data, ("# 会議の件", PLAIN, "差出人：soumu@example.jp")
        )
    message = EmailMessage()
    message["Subject"] = "資料"
    message.set_content(f"<h2>要点</h2><p>{PLAIN}</p>", subtype="html")
    yield Animal("html.eml", message.as_bytes(), ("## 要点", PLAIN))
    unlabelled = b"Subject: a\r\n\r\n" + VENDOR.encode("cp932") + b"\r\n"
    yield Animal("unlabelled.eml", unlabelled, (VENDOR,))
    yield Animal("nothing.eml", b"\r\n\r\n", reason="file_broken")


def mail(body: str, encoding: str) -> bytes:
    """A message whose body is in an encoding."""
    message = EmailMessage()
    message["Subject"] = "会議の件"
    message["From"] = "soumu@example.jp"
    message["Date"] = "Tue, 04 Mar 2025 10:00:00 +0900"
    message.set_content(body, charset=encoding, cte="base64")
    return message.as_bytes()


# PDF.

pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
for _cmap in ("90ms-RKSJ-H", "EUC-H"):
    pdfmetrics.registerFont(CIDFont("HeiseiMin-W3", _cmap))


def pdf(fill: Callable[[Canvas], object], **options: Any) -> bytes:
    """A PDF that `fill` draws; each page is A4."""
    out = io.BytesIO()
    canvas = Canvas(out, **options)
    canvas.setFont("HeiseiKakuGo-W5", 10)
    fill(canvas)
    canvas.save()
    return out.getvalue()


def draw(canvas: Canvas, x: float, y: float, lines: list[str], step: float = 14) -> None:
    """Lines one below the other."""
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * step, line)


def pdfs() -> Iterator[Animal]:
    yield from _pdf_fonts()
    yield from _pdf_layouts()
    yield from _pdf_traps()


def _pdf_fonts() -> Iterator[Animal]:
    yield Animal("plain.pdf", pdf(lambda c: draw(c, 60, 700, [PLAIN, NUMBERS])), (PLAIN, NUMBERS))
    for cmap in ("90ms-RKSJ-H", "EUC-H"):
        name, codec = f"HeiseiMin-W3-{cmap}", "cp932" if cmap.startswith("90") else "euc-jp"

        def mapped(canvas: Canvas, name: str = name, codec: str = codec) -> None:
            canvas.setFont(name, 10)
            font = canvas._doc.getInternalFontName(name)
            raw = encoded(PLAIN, codec).hex()
            canvas._code.append(f"BT {font} 10 Tf 60 700 Td <{raw}> Tj ET")

        yield Animal(f"{cmap}.pdf", pdf(mapped), (PLAIN,))


def _pdf_layouts() -> Iterator[Animal]:
    def broken_lines(canvas: Canvas) -> None:
        draw(
            canvas,
            60,
            700,
            ["町では入力事務をソフトウェアに任せ、年間の作業時", "間を大きく減らした。"],
        )

    yield Animal("lines.pdf", pdf(broken_lines), ("年間の作業時間を大きく減らした。",))

    def headed(canvas: Canvas) -> None:
        for number, text in enumerate((PLAIN, VENDOR, NUMBERS), start=1):
            canvas.setFont("HeiseiKakuGo-W5", 10)
            canvas.drawString(60, 815, "北町 業務報告書")
            canvas.drawString(290, 25, f"- {number} -")
            draw(canvas, 60, 700, [text])
            canvas.showPage()

    yield Animal("headed.pdf", pdf(headed), (PLAIN, VENDOR, NUMBERS), None, ("left_header",))

    def columns(canvas: Canvas) -> None:
        canvas.drawString(60, 760, "町の広報、窓口の特集をここに載せる。" * 2)
        draw(canvas, 50, 700, [f"左の段の{n}行目にある、やや長めの文章です。" for n in "一二三四"])
        draw(canvas, 310, 700, [f"右の段の{n}行目にある、やや長めの文章です。" for n in "一二三四"])

    order = "左の段の四行目にある、やや長めの文章です。\n右の段の一行目"
    yield Animal("columns.pdf", pdf(columns), (order,))

    def table(canvas: Canvas) -> None:
        draw(canvas, 60, 760, [PLAIN])
        canvas.grid([60, 160, 260], [600, 620, 640])
        draw(canvas, 65, 625, ["課", "総務課"], 20)
        draw(canvas, 165, 625, ["件数", "12"], 20)

    yield Animal("table.pdf", pdf(table), (PLAIN, "課：総務課、件数：12"))


def _pdf_traps() -> Iterator[Animal]:
    def white(canvas: Canvas) -> None:
        draw(canvas, 60, 700, [PLAIN])
        canvas.setFillColorRGB(1, 1, 1)
        draw(canvas, 60, 600, ["白い文字。"])

    yield Animal("white.pdf", pdf(white), (PLAIN, "白い文字。"), flags=("flag_white",))

    def doubled(canvas: Canvas) -> None:
        draw(canvas, 60, 700, [PLAIN])
        draw(canvas, 60.3, 700, [PLAIN])

    yield Animal("doubled.pdf", pdf(doubled), (PLAIN,), None, ("left_doubled",))
    yield Animal("scanned.pdf", pdf(lambda c: c.rect(60, 60, 100, 100)), reason="no_text_scanned")
    locked = pdf(lambda c: draw(c, 60, 700, [PLAIN]), encrypt="geheim")
    yield Animal("locked.pdf", locked, reason="file_password")
    script = pdf(lambda c: draw(c, 60, 700, [PLAIN])).replace(
        b"/Type /Catalog", b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Type /Catalog"
    )
    yield Animal("script.pdf", script, (PLAIN,))
