"""By which names the preview is asked, from which pages, and what may be sent to it."""

import pytest
from doors import HASH, NEAR, House

from newsletter.preview.login import Access

NAME = "desk.news.example"
CHANGE = "/issues/2026-W47/edits"


@pytest.fixture
def house() -> House:
    """A preview behind a proxy on this machine, which has TLS and asks by a name."""
    return House(access=Access(password=HASH, hosts=(NAME,)))


@pytest.mark.parametrize("host", [NAME, f"{NAME}:443", "DESK.news.example", NEAR, "[::1]:8765"])
def test_it_is_asked_by_the_names_in_feeds_yaml_and_those_of_this_machine(house: House, host: str):
    assert house.ask("/static/app.css", host=host).status == 200


@pytest.mark.parametrize("host", ["news.example", f"{NAME}.evil.example", "192.0.2.1:8765", ""])
def test_any_other_name_gets_no_answer(house: House, host: str):
    answer = house.ask("/static/app.css", host=host)

    assert answer.status == 403
    assert "preview.hosts" in answer.text


def test_the_address_that_is_listened_at_is_one_of_its_names():
    house = House(access=Access(password=HASH), address="192.0.2.1")

    statuses = [
        house.ask("/static/app.css", host=host).status
        for host in ("192.0.2.1:8765", "192.0.2.1:1", "192.0.2.2:8765")
    ]

    assert statuses == [200, 403, 403]


@pytest.mark.parametrize(
    ("asked", "host"), [("192.0.2.9", "192.0.2.9"), ("2001:db8::9", "[2001:db8::9]")]
)
def test_where_all_addresses_are_listened_at_the_one_that_was_asked_is_a_name(
    asked: str, host: str
):
    house = House(access=Access(password=HASH), address="::" if ":" in asked else "0.0.0.0")

    statuses = [
        house.ask("/static/app.css", asked=asked, host=name).status
        for name in (f"{host}:8765", "rebound.example:8765", "192.0.2.10:8765")
    ]

    assert statuses == [200, 403, 403]


@pytest.mark.parametrize(
    ("origin", "proto", "status"),
    [
        (f"https://{NAME}", "https", 303),
        (f"https://{NAME}", None, 303),
        (f"http://{NAME}", "https", 403),
        (f"https://{NAME}", "http", 403),
        ("https://evil.example", "https", 403),
        ("null", "https", 403),
    ],
)
def test_behind_a_proxy_a_form_comes_from_the_page_as_it_was_loaded(
    house: House, origin: str, proto: str | None, status: int
):
    said = {"x_forwarded_proto": proto} if proto else {}

    assert house.log_in(host=NAME, origin=origin, **said).status == status


def test_a_cookie_that_was_given_by_https_goes_by_https_alone(house: House):
    by_https = house.log_in(host=NAME, origin=f"https://{NAME}", x_forwarded_proto="https")
    key = house.ask(house.door.path("/"), host=NAME, x_forwarded_proto="https")
    by_http = house.log_in()

    told = [answer.headers["set-cookie"].casefold() for answer in (by_https, key, by_http)]
    assert ["; secure" in one for one in told] == [True, True, False]


def test_a_proxy_that_is_not_named_is_not_believed(house: House):
    origin = house.log_in(origin=f"https://{NEAR}", x_forwarded_proto="https")
    cookie = house.ask(house.door.path("/"), x_forwarded_proto="https").headers["set-cookie"]

    assert origin.status == 403
    assert "secure" not in cookie.casefold()


def test_guesses_are_counted_by_the_address_that_the_proxy_tells(house: House):
    far = {"host": NAME, "origin": f"https://{NAME}"}
    for _ in range(3):
        house.log_in(password="a wrong guess", x_forwarded_for="198.51.100.1, 203.0.113.7", **far)

    same = house.log_in(x_forwarded_for="198.51.100.2, 203.0.113.7", **far)
    other = house.log_in(x_forwarded_for="203.0.113.7, 203.0.113.8", **far)
    direct = house.log_in(peer="203.0.113.9", x_forwarded_for="203.0.113.7", **far)

    assert [answer.status for answer in (same, other, direct)] == [429, 303, 303]


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "json"])
def test_what_is_neither_a_form_nor_json_is_not_read(kind: str):
    house = House()
    cookie = house.ask(house.door.path("/")).cookie

    answer = house.post(CHANGE, {}, content_type=kind, cookie=cookie)

    assert answer.status == 415
    assert "application/json" in answer.text


@pytest.mark.parametrize(
    ("length", "status"),
    [("200000", 200), ("200001", 413), ("9" * 30, 413), ("-1", 411), ("²", 411), ("", 411)],
)
def test_a_body_has_a_length_and_it_is_limited(length: str, status: int):
    house = House()
    cookie = house.ask(house.door.path("/")).cookie
    said = {"content_type": "application/json; charset=utf-8", "cookie": cookie}

    answer = house.post(CHANGE, {}, content_length=length, **said)
    in_chunks = house.post(CHANGE, {}, transfer_encoding="chunked", **said)

    assert (answer.status, in_chunks.status) == (status, 411)


def test_a_script_that_is_refused_is_told_so_in_json():
    answer = House().post(
        CHANGE, {}, content_type="application/json", origin="https://evil.example"
    )

    assert answer.status == 403
    assert answer.json == {
        "fault": "This request comes from another page: send the form of this one"
    }
