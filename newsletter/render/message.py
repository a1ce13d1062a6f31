"""Makes the e-mail message of an issue (RFC 5322), the same bytes for the same issue."""

import re
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import Markup

from newsletter.errors import IssueError
from newsletter.model import Issue
from newsletter.render.dates import local
from newsletter.render.headers import is_address, link_header, mailbox_header, text_header
from newsletter.render.mail import quoted_printable
from newsletter.render.safe import link
from newsletter.render.views import IssueView

# RFC 2606 keeps .invalid free: nobody can receive what an issue without sender is answered with.
_NO_DOMAIN = "example.invalid"
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)


def message(issue: Issue, view: IssueView, *, html: str, text: str) -> bytes:
    """Return the issue as multipart/alternative, text before HTML, with CRLF line ends.

    It is addressed to nobody; whoever delivers it names the recipients in the envelope or puts
    `To` in. Date, Message-ID and boundary come from the issue. All of it is ASCII, in lines of at
    most 76 characters, but for a long link that a header holds.

    Raises:
        IssueError: the sender's address is none.
    """
    mark = sha256(f"{issue.id}\n{html}\n{text}".encode()).hexdigest()
    domain = _domain(issue)
    boundary = f"=_{mark[16:48]}"  # "=_" stands in no quoted-printable text (RFC 2045, 6.7)
    moment = local(issue.publishes_at, issue.masthead.timezone)
    headers = (
        _from(issue, view),
        "To: undisclosed-recipients:;\r\n",
        text_header("Subject", view.subject),
        f"Date: {format_datetime(moment)}\r\n",
        f"Message-ID: <{_slug(issue.id)}.{mark[:16]}@{domain}>\r\n",
        f"List-ID: <{_slug(view.plate.title)}.{domain}>\r\n",
        _unsubscribe(issue, view),
        "MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n',
    )
    parts = f"--{boundary}\r\n".join(["", _part("plain", text), _part("html", html)])
    return f"{''.join(headers)}\r\n{parts}--{boundary}--\r\n".encode("ascii")


def _part(subtype: str, content: str) -> str:
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{quoted_printable(content).decode('ascii')}\r\n"
    )


def _from(issue: Issue, view: IssueView) -> str:
    sender = issue.masthead.sender
    if sender is None:
        return mailbox_header("From", view.plate.title, f"newsletter@{_NO_DOMAIN}")
    if not is_address(sender.address):
        raise IssueError(
            f"sender.address: {sender.address!r} is no e-mail address; write name@example.org"
        )
    return mailbox_header("From", sender.name or view.plate.title, sender.address)


def _unsubscribe(issue: Issue, view: IssueView) -> str:
    """Return the headers that let a mail program end the subscription (RFC 8058), "" if none can.

    Both or none: a bare POST is what mail programs send, and what large ones ask bulk senders to
    take, but nobody can tell by a URL whether it does. Services that send write their own.
    """
    sender, url = issue.masthead.sender, view.unsubscribe_url
    if sender is None or not sender.one_click or url is None or isinstance(url, Markup):
        return ""
    header = link_header("List-Unsubscribe", url) if url.startswith("https:") else ""
    return header and f"{header}List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"


def _domain(issue: Issue) -> str:
    sender = issue.masthead.sender
    if sender is not None:
        domain = sender.address.rpartition("@")[2]
    else:
        domain = urlsplit(link(issue.masthead.url) or "").hostname or ""
    return domain if _DOMAIN.fullmatch(domain.lower()) else _NO_DOMAIN


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower())[:40].strip("-") or "newsletter"
