"""A real HTTP server on loopback that speaks OpenAI's chat completions, well and badly."""

import json
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from threading import Event, Lock, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

Talk = Callable[["Handler"], None]


@dataclass
class Endpoint:
    """What a test may ask of the server: where it is, and what it was asked."""

    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    over: Event = field(default_factory=Event)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


class Handler(WSGIRequestHandler):
    """One request, kept as it came; what is answered is for the test's talk to say."""

    endpoint: Endpoint
    talks: Iterator[Talk]
    body: dict[str, Any]

    def handle(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            return
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.endpoint.lock:
            self.endpoint.asked.append(self.body)
            self.endpoint.headers.append(dict(self.headers.items()))
            self.endpoint.paths.append(self.path)
            talk = next(self.talks)
        with suppress(OSError):  # hung up
            talk(self)

    def send(
        self, content: bytes, status: str = "200 OK", headers: str = "", *, length: bool = True
    ) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}"
        if length:
            head += f"Content-Length: {len(content)}\r\n"
        self.wfile.write(f"{head}Connection: close\r\n\r\n".encode() + content)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False
    request_queue_size = 64

    def server_bind(self) -> None:  # without looking its own name up
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()


@contextmanager
def model_server(*talks: Talk) -> Iterator[Endpoint]:
    """Run an endpoint while the block lasts; the last of *talks* goes on for ever."""
    endpoint = Endpoint()

    def every() -> Iterator[Talk]:
        yield from talks
        while True:
            yield talks[-1]

    handler = type("OneHandler", (Handler,), {"endpoint": endpoint, "talks": every()})
    with _Server(("127.0.0.1", 0), handler) as server:
        endpoint.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield endpoint
        finally:
            endpoint.over.set()
            server.shutdown()
            thread.join()
            # Who has asked is heard, though nobody waits for the answer any more.
            while select.select([server], [], [], 0)[0]:
                server.handle_request()


def completion(content: Any, *, usage: Any = ..., **message: Any) -> bytes:
    """Return the JSON of a completion; *usage* is 100 and 20 tokens unless given."""
    tokens = {"prompt_tokens": 100, "completion_tokens": 20} if usage is ... else usage
    choice = {
        "index": 0,
        "finish_reason": message.pop("finish_reason", "stop"),
        "message": {"role": "assistant", "content": content, **message},
    }
    whole = {"id": "1", "object": "chat.completion", "choices": [choice], "usage": tokens}
    return json.dumps({key: value for key, value in whole.items() if value is not None}).encode()


def says(content: Any, **options: Any) -> Talk:
    """Return the talk of a model that says *content*."""
    return lambda handler: handler.send(completion(content, **options))


def sends(content: bytes, status: str = "200 OK", headers: str = "") -> Talk:
    """Return a talk that sends *content* as it is."""
    return lambda handler: handler.send(content, status, headers)


def fails(status: str, message: str = "no", headers: str = "") -> Talk:
    """Return a talk that refuses with a status and an error as OpenAI words it."""
    return sends(json.dumps({"error": {"message": message}}).encode(), status, headers)


def answers(reply: Callable[[dict[str, Any]], str]) -> Talk:
    """Return the talk of a model whose answer depends on the request."""
    return lambda handler: handler.send(completion(reply(handler.body)))


def waits(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.endpoint.over.wait(30)


def drips(handler: Handler) -> None:
    """Send one byte of the head every few milliseconds, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.endpoint.over.wait(0.02):
        handler.wfile.write(b"a")


def floods(handler: Handler) -> None:
    """Send a body that never ends."""
    handler.send(b'{"choices": "', length=False)
    while not handler.endpoint.over.is_set():
        handler.wfile.write(b"a" * 4096)
