"""A small web server for /healthz and /metrics, on a thread of its own."""

import errno
import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from newsletter.errors import ServeError

log = logging.getLogger(__name__)

_PATIENCE_S = 5.0  # for a request that does not come to its end
_PAUSE_S = 0.5  # before somebody is let in who could not be
_JSON, _TEXT = "application/json", "text/plain; charset=utf-8"
_HERE = b"newsletter: /healthz and /metrics\n"

Health = Callable[[], tuple[bool, Mapping[str, object]]]
_Answer = tuple[HTTPStatus, str, bytes]


@contextmanager
def monitoring(
    host: str, port: int, *, health: Health, metrics: Callable[[], bytes]
) -> Iterator[str]:
    """Serve health and metrics while the block lasts; yield where. Port 0 takes any free one.

    Raises:
        ServeError: the port is taken, or cannot be had at *host*.
    """

    def answer(path: str) -> _Answer:
        match path.partition("?")[0].rstrip("/"):
            case "/healthz":
                is_well, said = health()
                status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
                return status, _JSON, json.dumps(said, ensure_ascii=False).encode() + b"\n"
            case "/metrics":
                return HTTPStatus.OK, CONTENT_TYPE_PLAIN_0_0_4, metrics()
            case "":
                return HTTPStatus.OK, _TEXT, _HERE
            case _:
                return HTTPStatus.NOT_FOUND, _TEXT, _HERE

    server, ended = _listening(host, port, answer), threading.Event()
    thread = threading.Thread(target=_serve, args=(server, ended), name="monitor", daemon=True)
    thread.start()
    try:
        named = f"[{host}]" if ":" in host else host
        yield f"http://{named}:{server.server_port}"
    finally:
        ended.set()
        # It waits for a connection, without looking up in between as the stdlib's loop does.
        with suppress(OSError):
            socket.create_connection((host, server.server_port), _PATIENCE_S).close()
        thread.join(_PATIENCE_S)
        server.server_close()


def _serve(server: "_Server", ended: threading.Event) -> None:
    while not ended.is_set():
        server.handle_request()
        if server.is_at_a_loss:
            ended.wait(_PAUSE_S)


class _Server(ThreadingHTTPServer):
    is_at_a_loss = False  # who asked could not be let in, and still stands at the door

    def get_request(self) -> tuple[socket.socket, Any]:
        self.is_at_a_loss = True
        try:
            found: tuple[socket.socket, Any] = super().get_request()
        except OSError as error:  # mostly: no file may be opened any more
            log.debug("the monitor cannot let anybody in: %s", error)
            raise
        self.is_at_a_loss = False
        return found

    def server_bind(self) -> None:
        # The stdlib asks the network for a name of this machine, which nobody wants to know here.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        del request
        log.debug("a request of the monitor failed from=%s", client_address[0], exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE_S
    server_version, sys_version = "newsletter", ""
    answer: Callable[[str], _Answer]

    def do_GET(self) -> None:
        """Answer, without the body where only the head was asked for."""
        status, kind, body = type(self).answer(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the stdlib's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the stdlib's name
        """Keep requests out of the editor's lines."""
        log.debug("monitor %s", format % args)


def _listening(host: str, port: int, answer: Callable[[str], _Answer]) -> _Server:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = type("Server", (_Server,), {"address_family": family})
    handler = type("Handler", (_Handler,), {"answer": staticmethod(answer)})
    try:
        listening: _Server = server((host, port), handler)
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE
        reason = "another program listens there" if is_taken else error.strerror or error
        raise ServeError(
            f"monitor: {host}:{port} cannot be had: {reason}; name another port in feeds.yaml"
            " (monitor: {port: 9465}), or leave monitor out"
        ) from error
    return listening
