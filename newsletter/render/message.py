"""Makes the e-mail message of an issue (RFC 5322), the same bytes for the same issue."""

import re
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from newsletter.model import Issue
from newsletter.render.dates import local
from newsletter.render.mail import quoted_printable
from newsletter.render.safe import header
from newsletter.render.views import IssueView

# RFC 2606 keeps .invalid free: nobody can receive what an issue without sender is answered with.
_NO_DOMAIN = "example.invalid"


def message(issue: Issue, view: IssueView, *, html: str, text: str) -> bytes:
    """Return the issue as multipart/alternative, text before HTML, with CRLF line ends.

    It is addressed to nobody; whoever delivers it names the recipients in the envelope or puts
    `To` in. Date, Message-ID and boundary come from the issue.
    """
    mark = sha256(f"{issue.id}\n{html}\n{text}".encode()).hexdigest()
    whole = EmailMessage(policy=SMTP)
    domain = _domain(issue)
    whole["From"] = _sender(issue, view)
    whole["To"] = Group("undisclosed-recipients")
    whole["Subject"] = header(view.subject)
    whole["Date"] = format_datetime(local(issue.publishes_at, issue.masthead.timezone))
    whole["Message-ID"] = f"<{issue.id}.{mark[:16]}@{domain}>"
    whole["List-ID"] = f"<{_slug(view.plate.title)}.{domain}>"
    whole["MIME-Version"] = "1.0"
    whole["Content-Type"] = "multipart/alternative"
    whole.set_boundary(f"=_{mark[16:48]}")
    whole.attach(_part("plain", text))
    whole.attach(_part("html", html))
    return whole.as_bytes()


def _part(subtype: str, content: str) -> EmailMessage:
    # Encoded here and not by set_content, which on Python 3.11 writes lines longer than RFC 2045's
    # 76 and would leave us without the size that the budget is held against.
    part = EmailMessage(policy=SMTP)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(quoted_printable(content).decode("ascii"))
    return part


def _sender(issue: Issue, view: IssueView) -> Address:
    sender = issue.masthead.sender
    if sender is None:
        return Address(header(view.plate.title), "newsletter", _NO_DOMAIN)
    return Address(header(sender.name or view.plate.title), addr_spec=sender.address)


def _domain(issue: Issue) -> str:
    sender = issue.masthead.sender
    if sender is not None:
        domain = sender.address.rpartition("@")[2]
    else:
        domain = urlsplit(issue.masthead.url or "").hostname or ""
    return domain if domain.isascii() and "." in domain else _NO_DOMAIN


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower())[:40].strip("-") or "newsletter"
