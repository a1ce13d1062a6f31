"""A flood of guesses at the door: strangers are slowed down, who is known is not shut out."""

import pytest
from doors import HASH, PASSWORD, House

from newsletter.preview.login import Access
from newsletter.preview.login_device import introduced, known
from newsletter.preview.login_hash import hashed
from newsletter.preview.login_limits import Limits

NAME = "desk.example"
PROXY = {"host": NAME, "origin": f"https://{NAME}", "x_forwarded_proto": "https"}
FAR = {"peer": "203.0.113.7", "asked": "192.0.2.1", "host": "192.0.2.1:8765"}


@pytest.fixture
def house() -> House:
    return House(access=Access(password=HASH, hosts=(NAME,)), address="192.0.2.1")


def flood(house: House) -> None:
    for number in range(60):
        house.door._limits.begin(f"2001:db8:{number:x}::1")


def test_a_flood_of_guesses_does_not_shut_out_who_sits_at_the_machine(house: House):
    flood(house)

    assert house.log_in().status == 303


def test_a_flood_of_guesses_does_not_shut_out_a_network_that_logged_in_before(house: House):
    house.log_in(**FAR)
    flood(house)

    again = house.log_in(**FAR)

    assert again.status == 303


def test_a_flood_of_guesses_does_not_shut_out_a_browser_that_logged_in_before(house: House):
    device = _device(house.log_in(**FAR).headers.getlist("set-cookie"))
    flood(house)
    elsewhere = FAR | {"peer": "203.0.113.200"}

    stranger = house.log_in(**elsewhere)
    recognised = house.log_in(cookie=device, **elsewhere)

    assert (stranger.status, recognised.status) == (429, 303)


def test_in_a_flood_strangers_are_heard_one_by_one(house: House):
    flood(house)
    waits = []
    for number in range(3):
        waits.append(house.door._limits.wait_s(f"203.0.113.{number}"))
        house.now += 15
        house.door._limits.begin(f"203.0.113.{number}")

    house.now += 15

    assert waits == [15, 15, 15]
    assert house.log_in(**FAR).status == 303


def test_a_site_with_many_networks_fills_no_limit_of_others():
    limits = Limits(clock=lambda: 1000.0)
    heard = 0
    for number in range(70):
        if not limits.wait_s(f"2001:db8:0:{number:x}::1"):
            limits.begin(f"2001:db8:0:{number:x}::1")
            heard += 1

    assert heard == 11
    assert limits.wait_s("2001:db8:1::1") == 0


def test_a_browser_is_limited_by_its_own_guesses_alone(house: House):
    device = _device(house.log_in(**FAR).headers.getlist("set-cookie"))
    for _ in range(3):
        house.log_in(password="a wrong guess", **FAR)

    by_device = house.log_in(password="a wrong guess", cookie=device, **FAR)
    for _ in range(2):
        house.log_in(password="a wrong guess", cookie=device, **FAR)

    assert by_device.status == 403
    assert house.log_in(**FAR).status == house.log_in(cookie=device, **FAR).status == 429


@pytest.mark.parametrize(
    "said",
    [
        {"host": NAME, "origin": f"https://{NAME}"},
        PROXY | {"x_forwarded_for": "this machine"},
        PROXY | {"x_forwarded_for": "127.0.0.1"},
        {"x_forwarded_for": "203.0.113.7"},
        {"x_forwarded_proto": "http"},
    ],
    ids=["tells nothing", "tells rubbish", "stands behind another", "for our own name", "proto"],
)
def test_who_comes_through_a_proxy_does_not_sit_at_the_machine(house: House, said: dict[str, str]):
    flood(house)

    assert house.log_in(**said).status == 429


def test_who_comes_by_ipv4_where_both_are_listened_at_sits_at_the_machine(house: House):
    flood(house)

    assert house.log_in(peer="::ffff:127.0.0.1").status == 303


def test_the_cookie_of_a_known_browser_lets_nobody_in_and_goes_to_the_login_alone(house: House):
    told = house.log_in(**PROXY, x_forwarded_for="203.0.113.7").headers.getlist("set-cookie")[1]

    name, *rules = told.split("; ")
    assert house.ask("/", cookie=name).status == 401
    assert {rule.casefold() for rule in rules} > {
        "httponly",
        "path=/login",
        "samesite=strict",
        "secure",
    }


def test_a_browser_is_known_until_the_password_changes():
    cookie = introduced(HASH)

    name = known(cookie, HASH)

    assert name == cookie.partition(".")[0]
    assert known(cookie, hashed(PASSWORD)) == ""
    assert [known(one, HASH) for one in ("", ".", "x.y", f"x{cookie}", "é.é")] == [""] * 5
    assert known(introduced(""), "") == ""


def _device(cookies: list[str]) -> str:
    return cookies[1].partition(";")[0]
