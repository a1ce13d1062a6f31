"""Which addresses may be asked: the public internet's, and what the editor names."""

import asyncio
import socket

import aiohappyeyeballs
import pytest
from fetching import BODY, get
from servers import answer, says, serving

from newsletter.errors import FetchError
from newsletter.net.guard import GuardedSockets, NotPublicError, is_private_name, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "100.64.0.1", "100.100.100.200", "169.254.169.254", "168.63.129.16", "192.0.0.192",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "2606:4700::1111%1", "fc00::1", "fd00:ec2::254",
        "fec0::1", "ff02::1", "ff0e::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::",
        "2001:0:53aa:64c::1", "2001:db8::1", "100::1", "4000::1", "2001:20::1", "3fff::1",
        "192.88.99.1", "5f00::1", "2001:1::1",
        "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1.", "1.1.1.1/32", "١٢٧.0.0.1",
        "", "localhost", "127.1",
    ],
)  # fmt: skip
def test_an_address_outside_the_public_internet_is_told_from_it(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::5"]
)
def test_an_address_in_the_public_internet_is_public(address: str):
    assert is_public(address)


def test_a_name_with_a_private_address_says_which_and_how_to_allow_it():
    factory = GuardedSockets("intranet.example", 8080, frozenset())

    with pytest.raises(NotPublicError) as caught:
        factory((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.1.2.3", 8080)))

    assert "intranet.example is at 10.1.2.3, not on the public internet" in str(caught.value)
    assert "add intranet.example:8080 to fetch.allow_private" in str(caught.value)


@pytest.mark.parametrize("allowed", [("intranet.example", 80), ("10.1.2.3", 80)])
def test_an_address_is_allowed_by_its_name_or_by_itself(allowed: tuple[str, int]):
    factory = GuardedSockets("intranet.example", 80, frozenset({allowed}))

    with factory((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("10.1.2.3", 80))) as opened:
        assert opened.family == socket.AF_INET


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "::1"]])
def test_a_name_with_several_private_addresses_fails_as_one_with_one_does(addresses: list[str]):
    infos = [
        (
            socket.AF_INET6 if ":" in address else socket.AF_INET,
            socket.SOCK_STREAM,
            0,
            "",
            (address, 9, 0, 0) if ":" in address else (address, 9),
        )
        for address in addresses
    ]

    with pytest.raises(OSError, match="not on the public internet"):
        asyncio.run(
            aiohappyeyeballs.start_connection(
                infos,
                happy_eyeballs_delay=0.01,
                socket_factory=GuardedSockets("twofold.example", 9, frozenset()),
            )
        )


@pytest.mark.parametrize("name", ["intranet", "wiki.local", "a.internal", "nas.home.arpa", "x.lan"])
def test_a_name_of_one_network_is_told_from_a_public_one(name: str):
    assert is_private_name(name)
    assert not is_private_name(f"{name}.example.org")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001",
     "0177.0.0.1", "[::ffff:127.0.0.1]", "LOCALHOST.", "user:word@127.0.0.1", "127.0.0.1\\@x"],
)  # fmt: skip
def test_no_spelling_of_this_machine_is_asked_unless_it_is_allowed(host: str):
    with serving(says(answer(BODY))) as server, pytest.raises(FetchError):
        get(server.url(host=host))

    assert server.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_spelling_that_is_allowed_by_name_is_asked(host: str):
    with serving(says(answer(BODY))) as server:
        got = get(server.url(host=host), allow=frozenset({(host, server.port)}))

    assert got.content == BODY


def test_another_port_of_an_allowed_host_is_not_asked():
    with serving(says(answer(BODY))) as server, pytest.raises(FetchError, match="allow_private"):
        get(server.url(), allow=frozenset({("127.0.0.1", server.port + 1)}))

    assert server.connections == 0
