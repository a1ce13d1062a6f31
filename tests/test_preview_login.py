"""A session from an address that lets in once, and what it is worth."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from doors import House, running
from preview_asking import asked
from preview_desk import WEEK, FakeDesk

from newsletter.preview import Server
from newsletter.preview.login import Access
from newsletter.preview.sessions import Sessions

HOUR = 3600.0


@pytest.fixture
def house() -> House:
    return House(access=Access(editor="Ida Holt"))


def test_an_address_lets_in_once_and_leads_to_the_clean_url(house: House):
    address = house.door.path("/issues/2026-W47?edition=text")

    first = house.ask(address)
    inside = house.ask("/issues/2026-W47", cookie=first.cookie)
    again = house.ask(address)

    assert (first.status, first.headers["location"]) == (303, "/issues/2026-W47?edition=text")
    assert (inside.json["editor"], inside.json["in_thread"]) == ("Ida Holt", "Ida Holt")
    assert again.status == 403
    assert "This address has been used" in again.text
    assert "start the preview again" in again.text


def test_the_cookie_is_for_this_port_alone_and_no_script_or_other_site_has_it(house: House):
    told = house.ask(house.door.path("/")).headers["set-cookie"]

    name, *rules = told.split("; ")
    assert name.startswith("newsletter-8765=")
    assert {rule.casefold() for rule in rules} == {"httponly", "path=/", "samesite=strict"}


@pytest.mark.parametrize("key", ["", "guess", "%C3%A9", "%00"])
def test_a_wrong_address_is_told_how_to_get_in(house: House, key: str):
    answer = house.ask(f"/?token={key}")

    assert answer.status == 403
    assert "open the address that the preview prints in its terminal" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_used_address_that_is_loaded_anew_leads_on(house: House):
    address = house.door.path("/")
    cookie = house.ask(address).cookie

    again = house.ask(address, cookie=cookie)

    assert (again.status, again.headers["location"]) == (303, "/")


def test_looking_whether_an_address_is_there_does_not_use_it(house: House):
    address = house.door.path("/")

    house.ask(address, method="HEAD")

    assert house.ask(address).status == 303


def test_a_link_on_another_site_leads_on_by_a_page_of_our_own(house: House):
    answer = house.ask(house.door.path("/feeds"), sec_fetch_site="cross-site")

    assert (answer.status, answer.headers["refresh"]) == (200, "0; url=/feeds")
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example/x"])
def test_an_address_leads_to_pages_of_this_server_alone(house: House, path: str):
    leads = house.ask(house.door.path(path)).headers["location"]

    assert leads in ("/evil.example", "/evil.example/x", "/%5Cevil.example")


def test_without_a_session_one_reads_and_does_not_edit(house: House):
    reading = house.ask("/issues/2026-W47")
    page = house.ask("/issues/2026-W47/edit", accept="text/html")
    change = house.post("/issues/2026-W47/edits", {})
    news = house.ask("/issues/2026-W47/edit", sec_fetch_dest="empty")

    assert (reading.status, reading.json["editor"], reading.json["token"]) == (200, "", "")
    assert page.headers["location"] == "/login?to=%2Fissues%2F2026-W47%2Fedit"
    assert (change.status, news.status) == (401, 401)
    assert "Nobody is logged in" in news.json["fault"]
    assert "How to get in" in house.ask("/login").text


def test_each_session_has_its_own_token(house: House):
    tokens = [
        house.ask("/", cookie=house.ask(house.door.path("/")).cookie).json["token"]
        for _ in range(2)
    ]

    assert len({*tokens, ""}) == 3


def test_a_session_ends_twelve_hours_after_its_last_use(house: House):
    cookie = house.ask(house.door.path("/")).cookie

    editors = []
    for hours in (11.9, 11.9, 12.1, 0):
        house.now += hours * HOUR
        editors.append(house.ask("/", cookie=cookie).json["editor"])

    assert editors == ["Ida Holt", "Ida Holt", "", ""]


def test_only_the_token_of_the_session_ends_it(house: House):
    cookie = house.ask(house.door.path("/")).cookie
    token = house.ask("/", cookie=cookie).json["token"]

    refused = house.post("/logout", {"token": "guess"}, cookie=cookie)
    still = house.ask("/", cookie=cookie).json["editor"]
    left = house.post("/logout", {"token": token}, cookie=cookie)

    assert (refused.status, still) == (403, "Ida Holt")
    assert (left.status, left.headers["location"]) == (303, "/")
    assert house.ask("/", cookie=cookie).json["editor"] == ""


def test_addresses_and_sessions_that_nobody_uses_do_not_heap_up():
    sessions = Sessions()
    keys = [sessions.key() for _ in range(101)]
    kept = sessions.begin("Ida")
    for number in range(999):
        sessions.visitor(kept)
        sessions.begin(str(number))

    first = sessions.begin("one more")

    assert [sessions.use(key) for key in (keys[0], keys[1])] == [False, True]
    assert sessions.visitor(kept).editor == "Ida"
    assert sessions.visitor(first).editor == "one more"


def test_forms_of_a_page_carry_the_token_of_who_asked(tmp_path: Path):
    server = Server(FakeDesk(folder=tmp_path / "w").desk(), host="127.0.0.1", port=0)
    with running(server) as base:
        path = server.address(f"/issues/{WEEK}").removeprefix(base.rstrip("/"))
        cookie = asked(base, path).headers["Set-Cookie"].partition(";")[0]
        tokens = [
            asked(base, f"/issues/{WEEK}", **headers).text.partition('name="token" value="')[2][:32]
            for headers in ({}, {}, {"Cookie": cookie})
        ]
        statuses = [_rebuilt(base, token, cookie) for token in (tokens[0], tokens[2])]

    assert urlsplit(path).query.startswith("token=")
    assert tokens[0] == tokens[1] != tokens[2]
    assert statuses == [403, 303]


def test_what_a_page_has_to_say_is_said_to_whom_it_is_for(tmp_path: Path):
    server = Server(FakeDesk(folder=tmp_path / "w").desk(), host="127.0.0.1", port=0)
    with running(server) as base:
        path = server.address("/").removeprefix(base.rstrip("/"))
        cookie = asked(base, path).headers["Set-Cookie"].partition(";")[0]
        page = asked(base, f"/issues/{WEEK}", Cookie=cookie).text
        token = page.partition('name="token" value="')[2][:32]
        sent = "refused@example.org"
        body = f"token={token}&address={sent}"
        _posted(base, f"/issues/{WEEK}/send", body, cookie)
        others, hers = asked(base, "/").text, asked(base, "/", Cookie=cookie).text

    assert (sent in others, sent in hers) == (False, True)


def _rebuilt(base: str, token: str, cookie: str) -> int:
    return _posted(base, "/rebuild", f"token={token}", cookie)


def _posted(base: str, path: str, body: str, cookie: str) -> int:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": base.rstrip("/")}
    return asked(base, path, method="POST", body=body, Cookie=cookie, **kind).status
