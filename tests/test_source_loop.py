"""The loop under the crowd: a connection that is broken off leaves no socket behind."""

import asyncio
import gc
import socket
import threading
import warnings

from servers import Asked, serving, tls

from newsletter.sources.loop import Loop

SERVER_SIDE, CLIENT_SIDE = tls()


def test_a_server_that_never_says_goodbye_leaves_no_socket_behind():
    done = threading.Event()

    def talk(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(bytes(1_000))
        done.wait(60)

    async def converse(port: int) -> None:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(
            asyncio.Protocol, "127.0.0.1", port, ssl=CLIENT_SIDE, server_hostname="localhost"
        )
        transport.write(b"GET / HTTP/1.1\r\n\r\n")
        transport.close()  # from here on it waits for the other side

    with serving(talk, SERVER_SIDE) as server, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        loop = Loop()
        loop.run_until_complete(converse(server.port))
        loop.close()
        gc.collect()
        done.set()

    assert [str(warning.message) for warning in warned] == []


def test_it_may_be_closed_twice():
    loop = Loop()
    loop.close()

    loop.close()

    assert loop.is_closed()
