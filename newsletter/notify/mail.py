"""A note as e-mail (RFC 5322), handed to whatever sends mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from newsletter.errors import NewsletterError, NotifyError
from newsletter.model import Receipt
from newsletter.notify.details import cut
from newsletter.notify.forms import html, plain
from newsletter.notify.note import Note

_NAME = 60  # characters: the standard library folds a longer one within its quotes
# How a receipt says that the message may have been taken: `newsletter.deliver.smtp`.
_MAY_HAVE_ARRIVED = "may have arrived"

Send = Callable[[bytes, Sequence[str]], Sequence[Receipt]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Mails notes to one address; *sender* is the name and address that they come from."""

    address: str
    sender: tuple[str, str]
    send: Send
    wall: Callable[[], datetime]

    def deliver(self, note: Note) -> None:
        """Mail *note*.

        Raises:
            NotifyError: the server did not take it, or nobody knows whether it did.
        """
        message = letter(note, sender=self.sender, to=self.address, at=self.wall())
        try:
            receipts = self.send(message, (self.address,))
        except NewsletterError as error:
            raise NotifyError(cut(str(error), 500)) from error
        for receipt in receipts:
            if receipt.outcome != "accepted":
                raise NotifyError(
                    cut(receipt.detail, 500),
                    is_sure=_MAY_HAVE_ARRIVED not in receipt.detail,
                    is_final=receipt.outcome == "refused",
                )


def letter(note: Note, *, sender: tuple[str, str], to: str, at: datetime) -> bytes:
    """Return *note* as a message: plain text and HTML, ASCII throughout, lines ended by CRLF.

    Its Message-ID is the same each time that *note* is sent to *to*, so that mail programs know a
    message that comes twice. It says that no person wrote it (RFC 3834), and is not answered by one
    who is away.
    """
    name, address = sender
    domain = address.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=_header(name, _NAME), addr_spec=address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = _header(note.subject, 200)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{note.key}.{_digest(to)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(plain(note), cte="quoted-printable")
    message.add_alternative(html(note), subtype="html", cte="quoted-printable")
    # Never a line of quoted-printable (RFC 2045, 6.7), and the same for the same note.
    message.set_boundary(f"=_{note.key}")
    return message.as_bytes()


def _header(text: str, limit: int) -> str:
    # The standard library decodes an encoded word in a value that it is given, line breaks and all,
    # and so lets a headline add headers (CVE-2024-6923).
    return cut(text, limit).replace("=?", "= ?")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
