"""A session for a name and a password: who gets one, and how often somebody may guess."""

import pytest
from doors import HASH, NEAR, PASSWORD, House
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.errors import ConfigError
from newsletter.preview.login import Access, Door
from newsletter.preview.login_hash import hashed, read_hash

FAR = {"peer": "203.0.113.7", "asked": "192.0.2.1", "host": "192.0.2.1:8765"}


@pytest.fixture
def house() -> House:
    return House(access=Access(editor="Ida Holt", password=HASH), address="192.0.2.1")


def test_with_a_password_every_page_asks_for_it(house: House):
    page = house.ask("/issues/2026-W47?edition=text", accept="text/html", **FAR)
    frame = house.ask("/frames/2026-W47/mail", sec_fetch_dest="iframe", accept="text/html", **FAR)
    near = house.ask("/", accept="text/html")
    style = house.ask("/static/app.css", **FAR)

    assert page.headers["location"] == "/login?to=%2Fissues%2F2026-W47%3Fedition%3Dtext"
    assert (frame.status, near.status, style.status) == (401, 303, 200)


def test_name_and_password_begin_a_session_of_that_name(house: House):
    answer = house.log_in("Jo Quay", to="/feeds", **FAR)

    inside = house.ask("/", cookie=answer.cookie, **FAR)
    assert (answer.status, answer.headers["location"]) == (303, "/feeds")
    assert inside.json["editor"] == "Jo Quay"
    assert house.ask("/login?to=/feeds", cookie=answer.cookie, **FAR).status == 303


def test_the_address_in_the_terminal_lets_in_without_the_password(house: House):
    cookie = house.ask(house.door.path("/")).cookie

    assert house.ask("/", cookie=cookie).json["editor"] == "Ida Holt"


def test_logging_in_again_ends_the_session_before(house: House):
    first = house.log_in("Jo", **FAR).cookie

    house.log_in("Ida", cookie=first, **FAR)

    assert house.ask("/", cookie=first, **FAR).status == 401


def test_a_password_fits_however_its_accents_were_typed():
    made = read_hash(hashed("caf\u00e9 au lait"))

    assert made.fits("cafe\u0301 au lait")
    assert not made.fits("cafe au lait")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "Write your name"),
        ("  ", "Write your name"),
        ("x" * 61, "61 characters; take 60 at most"),
        ("Ida\nHolt", "characters that cannot be seen"),
        ("Ida\u202eHolt", "characters that cannot be seen"),
        ("Ida\x00", "characters that cannot be seen"),
    ],
    ids=["none", "blank", "long", "two lines", "turned", "control"],
)
def test_a_name_that_could_not_stand_at_a_change_is_refused_and_kept_in_the_form(
    house: House, name: str, fault: str
):
    answer = house.log_in(name, **FAR)

    assert answer.status == 422
    assert fault in answer.text
    assert "set-cookie" not in answer.headers


def test_what_was_typed_is_text_in_the_form(house: House):
    evil = '"><script>alert(1)</script>'

    page = house.log_in(evil, "wrong password", to=f"/{evil}", **FAR).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_guess_makes_the_next_one_wait_longer(house: House):
    waits = []
    for _ in range(12):
        wait = house.door._limits.wait_s("203.0.113.7")
        waits.append(wait)
        house.now += wait
        house.door._limits.begin("203.0.113.7")

    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512]


def test_who_must_wait_is_told_how_long_and_nobody_else_has_to(house: House):
    for _ in range(3):
        house.log_in(password="a wrong guess", **FAR)

    right = house.log_in(**FAR)
    other = house.log_in(**FAR | {"peer": "203.0.113.8"})

    assert (right.status, right.headers["retry-after"]) == (429, "2")
    assert "Too many tries: try again in 2 seconds." in right.text
    assert other.status == 303


def test_a_right_password_forgets_the_wrong_ones(house: House):
    for _ in range(2):
        house.log_in(password="a wrong guess", **FAR)
    house.log_in(**FAR)

    statuses = [house.log_in(password="a wrong guess", **FAR).status for _ in range(2)]

    assert statuses == [403, 403]


def test_guesses_from_everywhere_are_slowed_down_together_and_one_household_is_one():
    house = House(access=Access(password=HASH), address="192.0.2.1")
    everywhere = [f"2001:db8:{number:x}::1" for number in range(60)]
    for peer in everywhere:
        house.door._limits.begin(peer)

    all_wait = house.log_in(**FAR)
    house.now += 15
    later = house.log_in(**FAR)
    house.now += 900
    for host in range(3):
        house.door._limits.begin(f"2001:db8:ffff::{host}")

    assert (all_wait.status, all_wait.headers["retry-after"]) == (429, "15")
    assert "15 seconds" in all_wait.text
    assert later.status == 303
    assert house.door._limits.wait_s("2001:db8:ffff::abcd") > 0
    assert house.door._limits.wait_s("2001:db8:fffe::abcd") == 0


def test_a_page_that_is_not_encrypted_says_so_to_who_is_far(house: House):
    warning = "This page is not encrypted"

    assert warning in house.ask("/login", **FAR).text
    assert warning not in house.ask("/login", host=NEAR).text


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil", "/login", "/é", "x"]
)
def test_who_logged_in_is_led_to_pages_of_this_server_alone(house: House, to: str):
    assert house.log_in(to=to, **FAR).headers["location"] == "/"


@settings(max_examples=3)  # each takes as long as a guess is to take
@given(password=st.text(min_size=20, max_size=30))
def test_a_hash_fits_its_password_alone(password: str):
    made = read_hash(hashed(password))

    assert (made.fits(password), made.fits(f"{password}x")) == (True, False)


def test_a_hash_has_a_salt_of_its_own_and_not_the_password():
    first, second = hashed(PASSWORD), hashed(PASSWORD)

    assert first != second
    assert first.startswith("scrypt:16384:8:1:")
    assert PASSWORD not in first


def test_a_short_password_is_refused():
    with pytest.raises(ConfigError, match="10 characters or more"):
        hashed("too short")


_SALT, _DIGEST = HASH.split(":")[4:]


@pytest.mark.parametrize(
    "text",
    [
        "", "secret", HASH.replace("scrypt", "md5"), f"scrypt:16383:8:1:{_SALT}:{_DIGEST}",
        f"scrypt:2:1:1:{_SALT}:{_DIGEST}", f"scrypt:8388608:128:1:{_SALT}:{_DIGEST}",
        f"scrypt:16384:8:0:{_SALT}:{_DIGEST}", f"scrypt:16384:8:1:YQ==:{_DIGEST}",
        f"scrypt:16384:8:1:{_SALT}:YQ==", f"scrypt:16384:8:1:!:{_DIGEST}",
    ],
    ids=["empty", "the password", "kind", "cost", "cheap", "dear", "lanes", "salt", "hash", "odd"],
)  # fmt: skip
def test_a_hash_that_could_not_be_reckoned_is_refused_at_the_start(text: str):
    with pytest.raises(ConfigError, match="--set-password"):
        read_hash(text)

    if text:
        with pytest.raises(ConfigError):
            Door(House().app, Access(password=text))
