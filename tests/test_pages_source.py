"""Web pages of articles: read where their sites let us, each site asked once."""

from collections import Counter

import pytest
from servers import Asked, Server, Talk, answer, by_path, serving

from newsletter.errors import FetchError
from newsletter.model import Document
from newsletter.net import Fetcher, Limits
from newsletter.sources import HttpPages

HTML = answer(b"<p>rain</p>", headers="Content-Type: text/html; charset=utf-8")
NO_ROBOTS = answer(status="404 Not Found")


def source(*servers: Server, timeout_s: float = 60, total_s: float = 60) -> HttpPages:
    allowed = frozenset().union(*(server.allowed for server in servers))
    limits = Limits(timeout_s=timeout_s, max_bytes=600_000, allow_private=allowed)
    return HttpPages(Fetcher(limits, "Newsletter/1"), per_host=4, total_s=total_s)


def read(talk: Talk, *paths: str) -> dict[str, Document | FetchError]:
    with serving(talk) as server:
        got = dict(source(server).read([server.url(path) for path in paths]))
        return {url.removeprefix(server.url("")): outcome for url, outcome in got.items()}


def test_a_page_is_read_where_robots_may():
    robots = answer(b"User-agent: *\nDisallow: /inner/")
    talk = by_path({"/robots.txt": robots, "/a": HTML, "/inner/b": HTML})

    got = read(talk, "/a", "/inner/b")

    assert isinstance(got["/a"], Document)
    assert got["/a"].content == b"<p>rain</p>"
    assert got["/a"].content_type == "text/html; charset=utf-8"
    assert str(got["/inner/b"]) == "robots.txt of 127.0.0.1 asks us not to read it"


def test_pages_are_read_with_what_is_left_of_the_time():
    with serving(by_path({"/robots.txt": NO_ROBOTS, "/a": HTML})) as server:
        late = source(server, total_s=0.0)

        [(_, outcome)] = late.read([server.url("/a")])

    assert str(outcome) == "no time left (fetch.total is 0 s)"
    assert server.asked == []


def test_a_site_is_asked_once_for_its_robots_txt():
    paths = [f"/{number}" for number in range(9)]
    talk = by_path({"/robots.txt": NO_ROBOTS} | dict.fromkeys(paths, HTML))

    with serving(talk) as server:
        list(source(server).read([server.url(path) for path in paths]))

    assert Counter(asked.target for asked in server.asked)["/robots.txt"] == 1
    assert server.asked[0].target == "/robots.txt"


@pytest.mark.parametrize("status", ["401 No", "403 No", "404 No", "410 No", "429 No", "204 None"])
def test_a_site_without_robots_txt_lets_itself_be_read(status: str):
    got = read(by_path({"/robots.txt": answer(status=status, length=False), "/a": HTML}), "/a")

    assert isinstance(got["/a"], Document)


@pytest.mark.parametrize(
    "robots", [answer(status="500 Oops"), answer(status="503 Later"), b"", b"mail\r\n\r\n"]
)
def test_a_site_whose_robots_txt_cannot_be_read_is_left_alone(robots: bytes):
    got = read(by_path({"/robots.txt": robots, "/a": HTML}), "/a")

    assert isinstance(got["/a"], FetchError)
    assert "robots.txt of 127.0.0.1 cannot be read: " in str(got["/a"])


def test_a_robots_txt_without_end_counts_as_far_as_it_is_read():
    robots = answer(b"User-agent: *\nDisallow: /a\n" + b"# rain\n" * 100_000)

    got = read(by_path({"/robots.txt": robots, "/a": HTML, "/b": HTML}), "/a", "/b")

    assert isinstance(got["/a"], FetchError)
    assert isinstance(got["/b"], Document)


def test_a_redirect_leads_no_further_than_robots_may_go():
    forbids = answer(b"User-agent: *\nDisallow: /")
    with serving(by_path({"/robots.txt": forbids, "/b": HTML})) as inner:
        moved = answer(status="301 Moved", headers=f"Location: {inner.url('/b')}")
        with serving(by_path({"/robots.txt": NO_ROBOTS, "/a": moved})) as outer:
            [(_, got)] = source(inner, outer).read([outer.url("/a")])

    assert "asks us not to read it" in str(got)
    assert [asked.target for asked in inner.asked] == ["/robots.txt"]


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/json"])
def test_what_is_no_page_is_told_and_not_read(kind: str):
    page = answer(b"x" * 100, headers=f"Content-Type: {kind}")

    got = read(by_path({"/robots.txt": NO_ROBOTS, "/a": page}), "/a")

    assert str(got["/a"]) == f"is {kind}, which is not read here"


def test_pages_ask_for_pages():
    with serving(by_path({"/robots.txt": NO_ROBOTS, "/a": HTML})) as server:
        list(source(server).read([server.url("/a")]))

    asked: Asked = server.asked[1]
    assert (asked.header("Accept") or "").startswith("text/html")
