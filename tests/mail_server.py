"""Mail servers of the tests: real SMTP on loopback, and a few that behave badly."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from servers import closed_port as closed_port  # told of by its name here, too


@dataclass(frozen=True)
class Letter:
    """A message as the server took it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    options: tuple[str, ...]
    was_encrypted: bool


@dataclass
class PostOffice:
    """A mail server in the hands of a test: where it is, what it took, whom it refuses."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    refuses: Mapping[str, str] = field(default_factory=dict)  # recipient → reply
    logins: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name for the command
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address not in self.refuses:
            envelope.rcpt_tos.append(address)
        return self.refuses.get(address, "250 2.1.5 known here")

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the message."""
        assert isinstance(envelope.content, bytes)
        self.letters.append(
            Letter(
                sender=envelope.mail_from or "",
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.content,
                options=tuple(envelope.mail_options),
                was_encrypted=session.ssl is not None
                or server.transport.get_extra_info("ssl_object") is not None,
            )
        )
        return f"250 2.0.0 queued as {len(self.letters)}"


class _AnyPort(Controller):
    """A controller that takes a free port, and says which."""

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        async def create() -> asyncio.AbstractServer:
            server = await super(_AnyPort, self)._create_server()
            self.port = server.sockets[0].getsockname()[1]
            return server

        return create()


@contextmanager
def post_office(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    password: str | None = None,
    refuses: Mapping[str, str] | None = None,
    utf8: bool = False,
) -> Iterator[PostOffice]:
    """Run a mail server on 127.0.0.1 while the block lasts.

    With a *password* it lets nobody in who does not know it; *refuses* are its replies to RCPT for
    recipients that it does not take.
    """
    office = PostOffice(refuses=refuses or {})

    def known(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        office.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == password, handled=False)

    controller = _AnyPort(
        office,
        hostname="127.0.0.1",
        port=0,
        ready_timeout=60.0,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=known if password is not None else None,
        auth_required=password is not None,
        auth_require_tls=starttls is not None,
        enable_SMTPUTF8=utf8,
        decode_data=False,
    )
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def scripted(replies: Mapping[str, bytes | None], greeting: bytes = b"220 hello") -> Iterator[int]:
    """Run a server that answers each command by the script, and give its port.

    A command that the script does not name gets "250 ok", one that it names None a hang-up. What
    comes after DATA ends with its dot and is answered as the command "." is.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def converse() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as lines:
                connection.sendall(greeting + b"\r\n")
                is_text = False
                for line in lines:
                    if is_text and line != b".\r\n":
                        continue
                    command = line.split()[0].decode().upper()
                    usual = b"354 go on" if command == "DATA" else b"250 ok"
                    reply = replies.get(command, usual)
                    if reply is None:
                        return
                    connection.sendall(reply + b"\r\n")
                    is_text = reply.startswith(b"354")

    thread = threading.Thread(target=converse)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        # A thread that waits in `accept` does not see its socket closed: wake it.
        with suppress(OSError):
            socket.create_connection(listener.getsockname()).close()
        thread.join()
        listener.close()


@contextmanager
def silent() -> Iterator[int]:
    """Keep a port open on which nobody ever says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]
