"""Opens an e-mail message as a mail program does: headers as they are written, parts decoded."""

import email
import email.policy
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message: its bytes, its header's lines unfolded, its parts by type in order.

    `defects` are what the parser stumbled over, in its own words.
    """

    raw: bytes
    headers: tuple[tuple[str, str], ...]
    kind: str
    parts: tuple[tuple[str, str], ...]
    defects: tuple[str, ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of the headers of that name, in any case, as they are written."""
        return tuple(value for key, value in self.headers if key.lower() == name.lower())

    def first(self, name: str) -> str:
        """Return the value of the first header of that name, "" if there is none."""
        return next(iter(self.all(name)), "")

    @property
    def subject(self) -> str:
        """Return the subject as a reader sees it, its encoded words read (RFC 2047)."""
        said = self.first("Subject")
        try:
            return str(make_header(decode_header(said)))
        except (ValueError, LookupError, HeaderParseError):
            return said

    @property
    def senders(self) -> tuple[tuple[str, str], ...]:
        """Return name and address of each mailbox in From, () if nobody can read it."""
        try:
            return tuple(getaddresses(list(self.all("From"))))
        except RecursionError:  # brackets in brackets in brackets
            return ()

    def part(self, kind: str) -> str:
        """Return the text of the first part of that type, "" if there is none."""
        return next((text for found, text in self.parts if found == kind), "")


def opened(raw: bytes) -> Envelope:
    """Return the message that *raw* holds; of what is no message, nothing but defects is left."""
    # The older policy reads what others refuse with an error, and keeps headers as they stand.
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return Envelope(
        raw=raw,
        headers=tuple((key, _unfolded(value)) for key, value in message.items()),
        kind=message.get_content_type(),
        parts=tuple((part.get_content_type(), _text(part)) for part in parts),
        defects=tuple(
            " ".join((type(defect).__doc__ or type(defect).__name__).split())
            for part in message.walk()
            for defect in part.defects
        ),
    )


def header_block(raw: bytes) -> bytes:
    """Return what stands before the first empty line, whatever ends the lines."""
    ends = [found for mark in (b"\r\n\r\n", b"\n\n") if (found := raw.find(mark)) >= 0]
    return raw[: min(ends)] if ends else raw


def _unfolded(value: object) -> str:
    return " ".join(str(value).split())


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")
