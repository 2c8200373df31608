"""E-mail (.eml): subject and body; attachments are files of their own."""

import email
import email.policy
import mimetypes
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from errors import JireiError
from ingest.documents import Reading
from ingest.encodings import Decoded
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.html import decode_page, parse_page, put_page
from ingest.loaders.mail_headers import header_of, name_of
from ingest.loaders.text import read_bytes
from ingest.loaders.unzip import Member, safe_name
from ingest.scrutiny import nonblank

_HEADERS = (("From", "差出人："), ("To", "宛先："), ("Date", "日時："))


def load_eml(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A message: its subject is the title. Raises JireiError if it has neither subject nor body."""
    message = _message(path, document_id, limits)
    builder = TextBuilder(document_id, limits)
    subject = header_of(message, "Subject")
    count = nonblank(subject)
    builder.heading(subject, 1)
    for name, label in _HEADERS:
        value = header_of(message, name)
        count += nonblank(value)
        builder.line(" ".join(value.split()), label)
    builder.add("\n")
    decoded = None
    body = _body(message)
    if body is not None:
        decoded = _decoded(body, document_id)
        if body.get_content_type() == "text/html":
            count += put_page(builder, parse_page(decoded.text, document_id))
        else:
            count += nonblank(decoded.text)
            for line in decoded.text.splitlines():
                builder.put(line)
                builder.add("\n")
    if not count or (decoded is None and not subject.strip()):
        raise JireiError("file_empty", file=document_id)
    return builder.reading(
        count,
        title=subject,
        published=_date(message),
        encoding=decoded.encoding if decoded else None,
        confidence=decoded.confidence if decoded else None,
    )


def eml_members(path: Path, document_id: str, limits: Limits) -> Iterator[Member]:
    """The attachments of a message, those without a name and forwarded messages too."""
    message = _message(path, document_id, limits)
    body = _body(message)
    for number, part in enumerate(_attachments(message, body), start=1):
        if number > limits.members:
            raise JireiError("too_many_members", file=document_id, limit=limits.members)
        forwarded = part.get_content_type() == "message/rfc822" and part.is_multipart()
        ending = ".eml" if forwarded else mimetypes.guess_extension(part.get_content_type()) or ""
        given = safe_name(name_of(part))
        data = _source(part) if forwarded else part.get_payload(decode=True)
        if isinstance(data, bytes) and (given or data.strip()):
            yield Member(given or f"attachment {number}{ending}", data)


def _attachments(part: Message, body: Message | None, said: bool = False) -> Iterator[Message]:
    """The parts of a message that are neither its body nor, if `said`, that in other words."""
    if part is body:
        return
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        # Pictures shown in the body are no attachments, but Apple Mail puts files beside them.
        if not said or (part.get_filename() and part.get_content_maintype() != "image"):
            yield part
        return
    among = part.get_content_subtype() in ("alternative", "related")
    said = said or (among and any(inner is body for inner in part.walk()))
    for inner in part.get_payload():
        if isinstance(inner, Message):
            yield from _attachments(inner, body, said)


def _source(part: Message) -> bytes:
    """A forwarded message as it was written."""
    inner = part.get_payload(0)
    policy = email.policy.default.clone(refold_source="none")
    return inner.as_bytes(policy=policy) if isinstance(inner, Message) else b""


def _message(path: Path, document_id: str, limits: Limits) -> EmailMessage:
    data = read_bytes(path, document_id, limits)
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise JireiError("file_broken", file=document_id, why="EML")
    return message


def _body(message: EmailMessage) -> Message | None:
    """The body as plain text; as a page if there is no other, or nothing in that."""
    plain, page = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    said = plain.get_payload(decode=True) if plain is not None else b""
    empty = isinstance(said, bytes) and not said.strip()
    return page if empty and page is not None else plain or page


def _decoded(body: Message, document_id: str) -> Decoded:
    """The body as detected; as it names its own encoding when that stays open."""
    data = body.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return Decoded("", "utf-8", 1.0)
    return decode_page(data, document_id, body.get_content_charset())


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(header_of(message, "Date")).date().isoformat()
    except (TypeError, ValueError):
        return None
