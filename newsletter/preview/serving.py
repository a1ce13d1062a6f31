"""Serves the preview on this machine until it is interrupted."""

import errno
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from newsletter.errors import ServeError
from newsletter.preview.app import application
from newsletter.preview.desk import Desk
from newsletter.preview.guard import Guard
from newsletter.preview.login import Access, Door

Grant = Access | Callable[[], Access] | None
_ALL_ADDRESSES = "::"
_PATIENCE_S = 1  # for answers that are under way when the server is told to stop


class Server(uvicorn.Server):
    """A preview that listens, at `url`; `run` serves until interrupted or `stop` is called.

    `port` is the one that it got. Without *access* whoever is on this machine may read, and who has
    opened an `address` may edit. An access that is called is asked anew for each request.

    Raises:
        ConfigError: the password's hash is none.
        ServeError: the port is taken, or cannot be had at *host*.
    """

    def __init__(self, desk: Desk, *, host: str, port: int, access: Grant = None) -> None:
        self._app = application(desk)
        self._door = Door(self._app, access or Access())
        self._socket = _listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{_named(host, self._socket)}:{self.port}/"
        super().__init__(
            uvicorn.Config(
                Guard(self._door, hosts=self._door.hosts, address=host),
                log_config=None,
                access_log=False,
                lifespan="on",
                # By default anybody on this machine may say by a header that he came by HTTPS.
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE_S,
                ws="none",
            )
        )

    def address(self, path: str = "/") -> str:
        """Return the URL of *path* with a key that lets in, once, whoever opens it.

        May be called from another thread.
        """
        return self.url + self._door.path(path).lstrip("/")

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until interrupted (Ctrl-C ends it at once) or stopped."""
        with suppress(KeyboardInterrupt), self._socket:
            super().run(sockets=sockets or [self._socket])

    def stop(self) -> None:
        """Let `run` end; may be called from another thread."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of the pages that listen for news, which would be waited for, then stop."""
        self._app.state.room.news.close()
        await super().shutdown(sockets)


def serve(
    desk: Desk,
    *,
    host: str,
    port: int,
    opened: Callable[[str], None],
    access: Grant = None,
) -> None:
    """Serve the preview of *desk* until interrupted; *opened* is called with its URL.

    Port 0 takes any that is free. Connections are taken from the moment *opened* is called, and
    answered once it returns.

    Raises:
        ConfigError: the password's hash is none.
        ServeError: the port is taken, or cannot be had at *host*.
    """
    server = Server(desk, host=host, port=port, access=access)
    opened(server.url)
    server.run()


def _named(host: str, listening: socket.socket) -> str:
    """Return how a browser of this machine calls *host*."""
    if host == _ALL_ADDRESSES:
        is_ipv6_alone = listening.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
        return "[::1]" if is_ipv6_alone else "127.0.0.1"
    if host in ("", "0.0.0.0"):  # noqa: S104  (it is compared, not listened at)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Whoever asks for all addresses means those of IPv4 too.
        is_both = host == _ALL_ADDRESSES and socket.has_dualstack_ipv6()
        return socket.create_server((host, port), family=family, dualstack_ipv6=is_both)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(
                f"port {port} is taken by another program; name another with --port, or --port 0"
                " for any that is free"
            ) from error
        reason = error.strerror or error
        raise ServeError(
            f"{host}, port {port}: cannot be served there: {reason}; try --port 0"
        ) from error
    except OverflowError as error:
        raise ServeError(f"port {port}: there is no such port; name one from 0 to 65535") from error
