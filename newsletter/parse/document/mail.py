"""Mails in, articles out: subject, sender, date and the part that people read."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from newsletter.errors import ParseError
from newsletter.parse.document.decoding import decoded
from newsletter.parse.document.found import Found
from newsletter.parse.document.nesting import refuse_deep
from newsletter.parse.document.paragraphs import plain_lines
from newsletter.text.markup import html_to_text, one_line
from newsletter.text.urls import link

_MAX_NESTED = 100  # parts that hold parts; mail programs write five
_MAX_PARTS = 1_000
_MAX_TEXT = 1_000_000  # characters of one part
_FULLER = 0.5  # of the plain text's length: an HTML part with less is only a stub
_EARLIEST = 1990  # a date before that is a clock that was never set
_NESTING = re.compile(rb"boundary\s*=|message/rfc822", re.IGNORECASE)
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|sv|vs|rv|enc)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
# A line that names the message passed on, and the header lines that mail programs put below it.
_FORWARDED = re.compile(
    r"^(?:[-_*\s]{0,20}(?:forwarded message|original message|begin forwarded message"
    r"|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|mensaje reenviado"
    r"|messaggio inoltrato)[-_:*\s]{0,20})$",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"^\W{0,3}(?P<name>from|date|sent|subject|to|cc|reply-to|von|datum|gesendet|betreff|an|de|objet"
    r"|fecha|asunto|para|da|oggetto|a)\s?\W{0,3}:\W{0,3}(?P<value>.*)$",
    re.IGNORECASE,
)
_SENDERS = frozenset({"from", "von", "de", "da"})
_SENT = frozenset({"date", "sent", "datum", "gesendet", "fecha"})
# What the list or the mail program adds around a letter.
_FOOTER = re.compile(
    r"unsubscribe|opt[ -]out of|\babmelden\b|abbestellen|désabonner|désinscri|darse de baja"
    r"|cancelar (?:la |sua )?suscripci|disiscriv|uitschrijven|avregistrera"
    r"|(?:view|read|open) (?:this|it|the)?\s?(?:e-?mail|message|newsletter|online)?\s?"
    r"(?:in|on) (?:your|the|a) (?:web )?(?:browser|web)|im browser (?:an(?:sehen|zeigen)|öffnen)"
    r"|(?:update|manage|change) (?:your )?(?:e-?mail |subscription |mailing )?preferences"
    r"|you(?:[’']re| are) (?:receiving|getting) this|you received this|sie erhalten diese"
    r"|this e-?mail was sent to|add us to your address book|sent from my \w+"
    r"|von meinem \w+ gesendet",
    re.IGNORECASE,
)
_LONGEST_FOOTER = 400  # characters: a paragraph that tells of such things at length is an article


def read_mail(content: bytes) -> Found:
    """Return what a mail (RFC 5322) holds: its text part without signature and footers.

    The sender's name is source and author; of a mail passed on, those of the mail within, and its
    date where it can be read. Archived-At (RFC 5064) gives the URL, Message-ID the identity.

    Raises:
        ParseError: it is no mail, holds no text, or is nested as only attacks are.
    """
    if len(_NESTING.findall(content)) > _MAX_NESTED:
        raise ParseError("nests more parts than any mail program; it is not read")
    if len(_PART.findall(content)) > _MAX_PARTS:
        raise ParseError("holds more parts than any mail program writes; it is not read")
    try:
        return _found(message_from_bytes(content, policy=policy.compat32))
    except (MemoryError, ParseError):
        raise
    except Exception as error:
        said = one_line(f"{type(error).__name__}: {error}")[:200]
        raise ParseError(f"is damaged, or no mail: {said}") from error


def _found(message: Message) -> Found:
    raw, is_plain = _letter(message)
    subject = _PREFIX.sub("", _header(message, "Subject"))
    if not any(raw) or not (subject or message.get("From")):
        raise ParseError("holds no text, or is no mail")
    raw, passed_on = _without_passing_on(raw)
    lines = plain_lines("\n".join(raw)) if is_plain else raw
    sender = passed_on.get("from") or _sender(_header(message, "From"))
    message_id = _header(message, "Message-ID")
    return Found(
        title=subject,
        lines=tuple(line for line in _without_footers(lines) if line != subject),
        url=link(_header(message, "Archived-At").strip("<> ")),
        source=sender,
        author=sender,
        published=_moment(passed_on.get("date")) or _moment(_header(message, "Date")),
        language=_header(message, "Content-Language").split(",")[0],
        guid=("message", message_id) if message_id else None,
    )


def _letter(message: Message) -> tuple[list[str], bool]:
    """Return the lines of the part that is read, and whether it is plain text, maybe wrapped."""
    parts = list(_parts(message))
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    plain_text = _decoded(plain) if plain else ""
    if page is not None:
        markup = _decoded(page)
        refuse_deep(markup)
        text = html_to_text(markup)
        if text and len(text) >= _FULLER * len(plain_text):
            return text.split("\n"), False
    return re.split(r"(?m)^-- ?$", _unquoted(plain_text))[0].split("\n"), True


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that hold a letter's text: of attached mails only where it has none."""
    has_text = False
    for part in message.walk():
        if has_text and part.get_content_type() == "message/rfc822":
            return
        if not part.is_multipart() and part.get_content_disposition() != "attachment":
            has_text = has_text or part.get_content_maintype() == "text"
            yield part


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    is_html = part.get_content_type() == "text/html"
    return decoded(content, str(part.get("Content-Type", "")), is_html=is_html)[:_MAX_TEXT]


def _unquoted(text: str) -> str:
    """Return *text* with Unix line ends and without the marks of quotation before its lines."""
    return re.sub(r"(?m)^(?:> ?)+", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:2_000]
    try:
        return one_line(str(make_header(decode_header(raw))))[:1_000]
    except (LookupError, ValueError):  # an encoding that does not exist, or is not that one
        return one_line(raw)[:1_000]


def _sender(value: str) -> str:
    """Return the name of a sender, the domain of the address where there is none."""
    name, address = parseaddr(value)
    return name.strip("\"' ")[:200] or address.rpartition("@")[2][:200]


def _without_passing_on(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return *lines* without the header of a mail passed on, and who wrote that one, and when."""
    mark = next((row for row, line in enumerate(lines) if _FORWARDED.match(line.strip())), None)
    if mark is None:
        return lines, {}
    found: dict[str, str] = {}
    end = mark + 1
    while end < len(lines):
        field = _PASSED_ON.match(lines[end])
        if field is None and (found or lines[end].strip()):
            break
        name = field["name"].lower() if field else ""
        if field and name in _SENDERS:
            found["from"] = _sender(one_line(field["value"]))
        elif field and name in _SENT:
            found["date"] = field["value"]
        end += 1
    return lines[:mark] + lines[end:], found


def _without_footers(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > _LONGEST_FOOTER or not _FOOTER.search(line):
            yield line


def _moment(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.year >= _EARLIEST else None
