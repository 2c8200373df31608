"""What the files of the zoo share: their texts, and what their reader must find."""

import io
import zipfile
from dataclasses import dataclass

PLAIN = "北町の窓口では、転入届の受付にタブレット端末を使っている。"
NUMBERS = "年間3,400時間を減らし、120万円を節約した。"
VENDOR = "①申請書②委任状を、㈱みどり計算の髙橋・山﨑へ送る。"
HALF = "ﾊﾞｽの運行ﾀﾞｲﾔを見直し、ｱﾝｹｰﾄで利用者の声を集めた。"
WAVE = "受付は午前９時～午後５時、費用は−５％を見込む。"
KANJI = "道路損傷通報受付業務委託実施要領"
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc-jp", "iso-2022-jp", "utf-16", "utf-16-le")
TEXTS = {"plain": PLAIN + NUMBERS, "vendor": VENDOR, "half": HALF, "wave": WAVE, "kanji": KANJI}


@dataclass(frozen=True, slots=True)
class Animal:
    """A file: its name and bytes; either texts that must be found, or the reason it fails with."""

    name: str
    data: bytes
    holds: tuple[str, ...] = ()
    reason: str | None = None
    left_out: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()
