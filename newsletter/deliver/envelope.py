"""The envelope of a message (RFC 5321): from whom, to whom, and the To header that says so."""

import re
from email.parser import BytesHeaderParser
from email.policy import SMTP

from newsletter.errors import DeliveryError

_LONGEST_ADDRESS = 254  # octets: what fits a path of RFC 5321, 4.5.3.1.3
# Dot-string of RFC 5321, 4.1.2, with the letters of RFC 6531; quoted local parts, which nobody has,
# are not for us.
_ATOM = r"(?:[\w!#$%&'*+/=?^`{|}~-])+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}", re.IGNORECASE | re.ASCII)
_TO = re.compile(rb"^To:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*", re.IGNORECASE | re.MULTILINE)
_LONE = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def address(text: str) -> str:
    """Return *text* as the address of one mailbox, its domain in ASCII (RFC 5890).

    Raises:
        DeliveryError: it is none; what could break out of a command or header never is.
    """
    local, _, domain = text.strip(" ").rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    found = f"{local}@{domain}"
    fits = len(found.encode("utf-8", "replace")) <= _LONGEST_ADDRESS
    # "=?" could be read as an encoded word, which may hold anything (RFC 2047).
    if not fits or "=?" in local or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise DeliveryError(f"{text!r} is no e-mail address; write name@example.org")
    return found


def sender_of(message: bytes) -> str:
    """Return the address that stands in From: bounces go there.

    Raises:
        DeliveryError: there is none, or none that could be answered.
    """
    try:
        header = BytesHeaderParser(policy=SMTP).parsebytes(message)["From"]
        found = header.addresses[0].addr_spec if header and header.addresses else ""
    except (ValueError, RecursionError):  # line breaks in a name; brackets in brackets in brackets
        found = ""
    # RFC 2606: an issue without a sender is written with an address that nobody can have.
    if "@" not in found or found.endswith(".invalid"):
        raise DeliveryError(
            "the message has no sender; write sender: with name and address into feeds.yaml and"
            " build the issue again"
        )
    return address(found)


def addressed(message: bytes, recipient: str) -> bytes:
    """Return *message* with *recipient* in To and not a byte changed elsewhere.

    Raises:
        DeliveryError: it is no message that can be sent byte for byte: a line does not end in CRLF.
    """
    head, gap, body = message.partition(b"\r\n\r\n")
    if not gap or _LONE.search(message):
        raise DeliveryError(
            "the message has lines that do not end in CRLF, as mail must (RFC 5321, 2.3.8); build"
            " the issue again, and do not edit issue.eml by hand"
        )
    head += b"\r\n"
    line = f"To: {recipient}\r\n".encode()
    found = _TO.search(head)
    if found is None:
        return line + head + b"\r\n" + body
    rest = _TO.sub(b"", head[found.end() :])
    return head[: found.start()] + line + rest + b"\r\n" + body
