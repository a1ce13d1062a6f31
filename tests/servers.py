"""Loopback HTTP servers of the tests: real sockets, and a thread that ends with the test."""

import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Talk = Callable[[socket.socket, "Asked"], None]
_LONGEST_S = 60.0  # no test keeps a connection so long


@dataclass(frozen=True)
class Asked:
    """A request as it came over the wire."""

    target: str
    head: bytes

    def header(self, name: str) -> str | None:
        """Return the value of a header byte for byte, None if it was not sent."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.decode("ascii").lower() == name.lower():
                return value.decode("utf-8")
        return None


@dataclass
class Server:
    """What a test may ask of a server: where it is and what it was asked."""

    port: int
    scheme: str = "http"
    stopped: threading.Event = field(default_factory=threading.Event)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        """Return a URL on this server."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def allowed(self) -> frozenset[tuple[str, int]]:
        """Return what lets a fetcher ask this server."""
        return frozenset({("127.0.0.1", self.port)})


def answer(
    body: bytes = b"", *, status: str = "200 OK", headers: str = "", length: bool = True
) -> bytes:
    """Return an HTTP answer; *headers* are whole lines, each ended by a line break."""
    lines = "".join(f"{line}\r\n" for line in headers.splitlines() if line)
    if length:
        lines += f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + body


def says(content: bytes) -> Talk:
    """Return a talk that sends *content* and hangs up."""
    return lambda connection, asked: connection.sendall(content)


def by_path(answers: dict[str, bytes]) -> Talk:
    """Return a talk that has an answer for each path."""
    return lambda connection, asked: connection.sendall(answers[asked.target])


def in_steps(content: bytes, step: int, pause_s: float) -> Talk:
    """Return a talk that sends *content* a few bytes at a time, until nobody listens any more."""

    def talk(connection: socket.socket, asked: Asked) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(content), step):
            connection.sendall(content[start : start + step])
            if select.select([connection], [], [], pause_s)[0]:  # hung up
                return

    return talk


def says_nothing(connection: socket.socket, asked: Asked) -> None:
    """Wait until the other side hangs up."""
    connection.recv(1)


def relays(*, port: int, status: str = "200 OK") -> Talk:
    """Return the talk of a proxy that leads every request to one port of this machine.

    With another *status* it refuses instead.
    """

    def talk(connection: socket.socket, asked: Asked) -> None:
        if not status.startswith("200"):
            connection.sendall(answer(b"no", status=status))
            return
        with socket.create_connection(("127.0.0.1", port)) as beyond:
            if asked.head.startswith(b"CONNECT "):
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                beyond.sendall(asked.head)
            other = {connection: beyond, beyond: connection}
            while True:
                for source in select.select(list(other), [], [])[0]:
                    got = source.recv(65536)
                    if not got:
                        return
                    other[source].sendall(got)

    return talk


def tls() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return a server's and a client's side of a certificate for `localhost`, `feed.example`."""
    import trustme  # few tests want a certificate

    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "feed.example").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


@contextmanager
def serving(talk: Talk, secure: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server on 127.0.0.1 while the block lasts; *talk* answers each request."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=600)
    server = Server(port=listener.getsockname()[1], scheme="https" if secure else "http")
    threads: list[threading.Thread] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            if server.stopped.is_set():
                connection.close()
                return
            server.connections += 1
            thread = threading.Thread(target=_converse, args=(connection, talk, server, secure))
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=serve)
    acceptor.start()
    try:
        yield server
    finally:
        server.stopped.set()
        # A thread that waits in `accept` does not see its socket closed: wake it.
        socket.create_connection(("127.0.0.1", server.port)).close()
        acceptor.join()
        listener.close()
        for thread in threads:
            thread.join()


def _converse(
    connection: socket.socket, talk: Talk, server: Server, secure: ssl.SSLContext | None
) -> None:
    with connection, suppress(OSError), _secured(connection, secure) as connection:
        connection.settimeout(_LONGEST_S)
        head = b""
        while b"\r\n\r\n" not in head:
            got = connection.recv(65536)
            if not got:
                return
            head += got
        asked = Asked(target=head.split(b" ", 2)[1].decode("ascii"), head=head)
        with server.lock:
            server.asked.append(asked)
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
        try:
            talk(connection, asked)
        finally:
            with server.lock:
                server.at_once -= 1


def _secured(connection: socket.socket, secure: ssl.SSLContext | None) -> socket.socket:
    return secure.wrap_socket(connection, server_side=True) if secure else connection


@contextmanager
def port_for_another() -> Iterator[int]:
    """Give a port that a process may listen on while the block lasts, and nobody else is given."""
    with socket.socket() as kept:
        # Linux lets two have it if both want to share it, as servers do, and one of them listens.
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


def closed_port() -> int:
    """Return a port on which nobody listens, nor ever will while the tests run."""
    port: int = _taken().getsockname()[1]
    return port


@cache
def _taken() -> socket.socket:
    """Return a socket that keeps its port from others: one that is set free is soon another's."""
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    return found


@contextmanager
def serving_folder(folder: Path) -> Iterator[str]:
    """Serve the files of *folder*, with Last-Modified, and give host and port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        # It looks this often whether it is to end; each test would wait half a second otherwise.
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
