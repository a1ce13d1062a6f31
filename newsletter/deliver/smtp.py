"""Hands messages to an SMTP server, one transaction for each recipient (RFC 5321)."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

from newsletter.deliver.envelope import address, addressed, sender_of
from newsletter.deliver.smtp_faults import is_late, no_connection, no_login, said, secrets_of
from newsletter.errors import DeliveryError
from newsletter.model.delivery import Outcome, Receipt

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The server that mail is handed to; nobody prints its password.

    `starttls` and `tls` check its certificate and never fall back to plain text. `timeout_s` is the
    longest that it may keep silent.
    """

    host: str
    port: int
    security: Security = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 30.0

    @property
    def place(self) -> str:
        """Return host and port, for messages."""
        return f"{self.host}:{self.port}"


def send(
    message: bytes,
    recipients: Sequence[str],
    server: Server,
    *,
    issue: str = "",
    trusted: ssl.SSLContext | None = None,
) -> tuple[Receipt, ...]:
    """Hand *message* to *server* for each of *recipients* and return a receipt each, in order.

    Each gets a message of their own with their address in To and nothing else changed, and sees no
    other's; one named twice gets it once. It comes from the address in From. *issue* is named in
    the receipts. *trusted* is whose certificates count, None for what this machine trusts.

    Raises:
        DeliveryError: an address is none, the message has no sender, or the server cannot be
            reached, trusted or logged in to; then nothing was sent to anybody.
    """
    sender = sender_of(message)
    to = tuple(dict.fromkeys(address(recipient) for recipient in recipients))
    letters = [(recipient, addressed(message, recipient)) for recipient in to]
    if not letters:
        return ()
    receipts = []
    with _talking(server, trusted or ssl.create_default_context()) as talk:
        for recipient, letter in letters:
            outcome, detail = _handed_over(talk, letter, sender, recipient, server)
            receipts.append(
                Receipt(recipient=recipient, issue=issue, outcome=outcome, detail=detail)
            )
    return tuple(receipts)


def greet(server: Server, *, trusted: ssl.SSLContext | None = None) -> str:
    """Reach *server*, encrypt and log in as for sending, send nothing; return its place.

    Raises:
        DeliveryError: it cannot be reached, trusted or logged in to.
    """
    with _talking(server, trusted or ssl.create_default_context()):
        return server.place


@contextmanager
def _talking(server: Server, trusted: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt, log in; say good-bye at the end."""
    if server.username:
        _check_login(server)
    try:
        talk = _connected(server, trusted)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        reason = no_connection(error, timeout_s=server.timeout_s)
        raise DeliveryError(f"{server.place}: {reason}") from error
    try:
        if server.username:
            _log_in(talk, server)
        yield talk
    finally:
        with suppress(OSError, smtplib.SMTPException):
            talk.quit()
        talk.close()


def _connected(server: Server, trusted: ssl.SSLContext) -> smtplib.SMTP:
    if server.security == "tls":
        talk: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_s, context=trusted
        )
    else:
        talk = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
    try:
        talk.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            _encrypt(talk, server, trusted)
            talk.ehlo_or_helo_if_needed()
    except BaseException:
        talk.close()
        raise
    return talk


def _encrypt(talk: smtplib.SMTP, server: Server, trusted: ssl.SSLContext) -> None:
    # Also whoever stands in between can leave STARTTLS out: without it not one more word is said.
    if not talk.has_extn("starttls"):
        raise DeliveryError(
            f"{server.place}: does not offer STARTTLS, and nothing is sent unencrypted; write"
            " smtp.security: tls with port 465, or none for a server on this machine"
        )
    talk.starttls(context=trusted)


def _check_login(server: Server) -> None:
    if server.security == "none" and not _is_local(server.host):
        raise DeliveryError(
            f"{server.place}: a password is not sent unencrypted over a network; write"
            " smtp.security: starttls or tls, or take username and password_env out"
        )
    if not f"{server.username}{server.password}".isascii():
        raise DeliveryError(
            f"{server.place}: smtp.username or the password has letters beyond ASCII, which no"
            " login can carry; choose a password of ASCII letters"
        )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _log_in(talk: smtplib.SMTP, server: Server) -> None:
    try:
        talk.login(server.username, server.password)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        reason = no_login(
            error, username=server.username, secrets=secrets_of(server.username, server.password)
        )
        # Not chained: the reply may hold what it was asked with.
        raise DeliveryError(f"{server.place}: {reason}") from None


def _handed_over(
    talk: smtplib.SMTP, letter: bytes, sender: str, recipient: str, server: Server
) -> tuple[Outcome, str]:
    wanted = () if recipient.isascii() else ("smtputf8",)
    wanted = wanted if letter.isascii() else (*wanted, "8bitmime")
    if missing := [name.upper() for name in wanted if talk.sock and not talk.has_extn(name)]:
        return "refused", (
            f"{server.place} takes no letters beyond ASCII in address or text"
            f" ({', '.join(missing)}); use another server"
        )
    options = {"smtputf8": "SMTPUTF8", "8bitmime": "BODY=8BITMIME"}
    secrets = secrets_of(server.username, server.password)
    is_under_way = False
    try:
        code, reply = talk.mail(sender, _size(talk, letter) + [options[name] for name in wanted])
        about = f"the sender {sender}: "
        if code == 250:
            code, reply = talk.rcpt(recipient)
            about = ""
        if code in (250, 251):
            is_under_way = True
            code, reply = _data(talk, letter)
        if code != 250:
            _forget(talk)
    except (OSError, smtplib.SMTPException) as error:
        return "failed", _lost(error, server, is_under_way=is_under_way)
    words = about + said(code, reply, secrets=secrets)
    if code == 250:
        return "accepted", words
    return ("refused" if 500 <= code <= 599 else "failed"), words


def _data(talk: smtplib.SMTP, letter: bytes) -> tuple[int, bytes]:
    try:
        return talk.data(letter)
    except smtplib.SMTPDataError as error:  # it does not even want to begin
        reply = error.smtp_error
        # Nothing was sent: whatever it says but a refusal, it has not taken the message.
        code = error.smtp_code if error.smtp_code >= 400 else -1
        return code, reply if isinstance(reply, bytes) else reply.encode()


def _forget(talk: smtplib.SMTP) -> None:
    with suppress(smtplib.SMTPException, OSError):
        talk.rset()


def _size(talk: smtplib.SMTP, letter: bytes) -> list[str]:
    return [f"SIZE={len(letter)}"] if talk.has_extn("size") else []


def _lost(error: Exception, server: Server, *, is_under_way: bool) -> str:
    why = f"no answer within {server.timeout_s:g} s" if is_late(error) else "the connection broke"
    if is_under_way:
        return (
            f"{server.place}: {why} before the message was confirmed; it may have arrived: look"
            " before you send it again"
        )
    return f"{server.place}: {why} before the message was handed over; send it again"
