"""Files made to harm: bombs, loops, lies about sizes."""

import io
import struct
import zipfile

from tests.ingest.animals import archive
from tests.ingest.zoo_office import word

MB = 1 << 20


def zip_bomb(megabytes: int) -> bytes:
    """A small archive that unpacks to so many megabytes."""
    return archive({"a.txt": b"a" * (megabytes * MB)})


def lying_zip(megabytes: int) -> bytes:
    """The same, but its directory claims one byte."""
    data = bytearray(zip_bomb(megabytes))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1)
    return bytes(data)


def crowded_zip(members: int) -> bytes:
    """An archive of so many empty files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(members):
            made.writestr(f"{number}.txt", b"")
    return out.getvalue()


def nested_zip(levels: int) -> bytes:
    """An archive in an archive, so many times."""
    data = b"text"
    name = "a.txt"
    for level in range(levels):
        data, name = archive({name: data}), f"{level}.zip"
    return data


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """An archive with one of its files replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for info in old.infolist():
            made.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


_LAUGHS = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12))
_DTD = f'<!DOCTYPE x [<!ENTITY a0 "laugh">{_LAUGHS}<!ENTITY file SYSTEM "file:///etc/hostname">]>'


def laughing_docx() -> bytes:
    """A Word document whose entities unfold to hundreds of gigabytes."""
    data = word(lambda d: d.add_paragraph("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive_of:
        body = archive_of.read("word/document.xml").decode()
    body = body.split("?>", 1)[1].replace("<w:t>x</w:t>", "<w:t>&a11;</w:t>")
    return replaced(
        data, "word/document.xml", (_DTD.replace("x [", "w:document [") + body).encode()
    )


def outside_docx() -> bytes:
    """A Word document with an entity that names a file of the reader's machine."""
    data = word(lambda d: d.add_paragraph("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive_of:
        body = archive_of.read("word/document.xml").decode()
    body = body.split("?>", 1)[1].replace("<w:t>x</w:t>", "<w:t>body &file;</w:t>")
    return replaced(
        data, "word/document.xml", (_DTD.replace("x [", "w:document [") + body).encode()
    )


def laughing_xlsx(book: bytes) -> bytes:
    """A workbook whose first sheet holds such entities."""
    sheet = (
        f'{_DTD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    return replaced(book, "xl/worksheets/sheet1.xml", sheet.encode())


def many_cells(book: bytes, rows: int, columns: int) -> bytes:
    """A workbook with so many cells of one digit."""
    row = "".join(f"<c><v>{column % 10}</v></c>" for column in range(columns))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + f"<row>{row}</row>" * rows
        + "</sheetData></worksheet>"
    )
    return replaced(book, "xl/worksheets/sheet1.xml", sheet.encode())


def looping_pdf() -> bytes:
    """A PDF whose page tree contains itself."""
    return _pdf(
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", "<< /Parent 2 0 R /Kids [2 0 R] >>"
    )


def endless_form_pdf() -> bytes:
    """A PDF whose page draws a form that draws itself."""
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 "
        "/Resources << /XObject << /F 4 0 R >> >> >>\nstream\n/F Do\nendstream"
    )
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R "
        "/Resources << /XObject << /F 4 0 R >> >> >>"
    )
    content = "<< /Length 5 >>\nstream\n/F Do\nendstream"
    return _pdf("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, form, content)


def _pdf(*objects: str) -> bytes:
    out = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(("<< /Type /Catalog /Pages 2 0 R >>", *objects), start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    at = len(out)
    out += f"xref\n0 {len(starts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{start:010} 00000 n \n".encode() for start in starts)
    return (
        out + f"trailer << /Root 1 0 R /Size {len(starts) + 1} >>\nstartxref\n{at}\n%%EOF".encode()
    )


def deep_html(levels: int) -> bytes:
    """A page of so many elements inside one another."""
    return b"<div>" * levels + b"text"
