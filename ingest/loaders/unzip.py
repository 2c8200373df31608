"""Looks into ZIP archives without trusting what they say of themselves."""

import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from errors import JireiError
from ingest.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JAPANESE_NAME = ("cp932", "euc_jp")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its name there, which is data and never a path, and its bytes."""

    name: str
    data: bytes


def check_zip(path: Path, document_id: str, limits: Limits) -> None:
    """Refuses an archive that claims to unpack to more than the caps, or is broken.

    An Office file with a password is no archive but an OLE container, and is told so.
    """
    try:
        with path.open("rb") as file:
            if file.read(8) == _OLE:
                raise JireiError("file_password", file=document_id)
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise JireiError("file_broken", file=document_id, why="ZIP") from error
    except OSError as error:
        raise JireiError("file_unreadable", file=document_id, why=error.strerror) from error
    if len(infos) > limits.members:
        raise JireiError("too_many_members", file=document_id, limit=limits.members)
    if sum(info.file_size for info in infos) > limits.unzipped:
        raise JireiError("unzipped_too_large", file=document_id, limit=limits.unzipped >> 20)
    if any(info.flag_bits & 1 for info in infos):
        raise JireiError("file_password", file=document_id)


def prove_zip(path: Path, document_id: str, limits: Limits) -> None:
    """Refuses what `check_zip` does, and an archive of which a file does not unpack as it claims.

    For parsers that unpack by themselves, and stumble over a broken archive in many ways.
    """
    check_zip(path, document_id, limits)
    with zipfile.ZipFile(path) as archive:
        try:
            broken = archive.testzip()
        except MemoryError:
            raise
        except Exception as error:  # zlib, bz2 and lzma each raise their own
            raise JireiError("file_broken", file=document_id, why="ZIP") from error
    if broken is not None:
        raise JireiError("file_broken", file=document_id, why="ZIP")


def zip_members(path: Path, document_id: str, limits: Limits) -> Iterator[Member]:
    """The files of an archive, folders and hidden ones left out.

    No more comes out than the archive claims: `zipfile` stops there, and takes it for broken.
    """
    check_zip(path, document_id, limits)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = safe_name(_name(info))
            if info.is_dir() or not name or any(p.startswith(".") for p in name.split("/")):
                continue
            try:
                data = archive.read(info)
            except MemoryError:
                raise
            except Exception as error:  # zlib, bz2 and lzma each raise their own
                raise JireiError("file_broken", file=document_id, why="ZIP") from error
            yield Member(name, data)


def safe_name(name: str) -> str:
    r"""A member's name as part of an id: no `..`, no drive, no leading slash, no backslash."""
    name = re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/"))
    name = re.sub(r"^[A-Za-z]:", "", name)
    if re.search("[\u3099\u309a]", name):  # macOS writes が as か and a mark
        name = unicodedata.normalize("NFC", name)
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return posixpath.join(*parts) if parts else ""


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written: Windows writes Japanese ones in CP932 without saying so."""
    # Not `filename`: on Windows, the second byte of 表 is a backslash there and made a slash.
    given = info.orig_filename.split("\0")[0]
    if info.flag_bits & 0x800 or given.isascii():
        return given
    try:
        raw = given.encode("cp437")
    except UnicodeEncodeError:
        return given
    for encoding in ("utf-8", *_JAPANESE_NAME):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return given
