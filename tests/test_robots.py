"""robots.txt: what it forbids us, and what it only forbids others."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import slowness

from newsletter.sources.robots import rules

PAGE = "https://news.example/2026/rain?a=1"


@pytest.mark.parametrize(
    ("robots_txt", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: *\nDisallow:", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /2026/", False),
        (b"User-agent: *\nDisallow: /2026/\nAllow: /2026/rain", True),
        (b"User-agent: Newsletter\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        (b"user-agent: NEWSLETTER/2.0\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: newsletter\nAllow: /", True),
        (b"User-agent: News\nDisallow: /", True),
        (b"User-agent: NewsletterBot\nDisallow: /", True),
        (b"User-agent: GPTBot\nUser-agent: Newsletter\nDisallow: /", False),
        (b"User-agent: GPTBot\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /*?a=", False),
        (b"User-agent: *\nDisallow: /2026/rain$", True),
        (b"<html><body>Not found</body></html>", True),
        (b"\x00\xff\xfe garbage", True),
    ],
)
def test_a_robots_txt_says_whether_a_page_may_be_read(robots_txt: bytes, allowed: bool):
    assert rules(robots_txt)(PAGE) == allowed


@pytest.mark.parametrize(
    "robots_txt",
    [
        b"".join(b"User-agent: bot%d\n" % n for n in range(12_000)) + b"Disallow: /x\n" * 20_000,
        b"User-agent: *\n" + b"Disallow: /" + b"*a" * 240_000,
        b"User-agent: *\n" + b"Disallow: /*a*b*c$\n" * 25_000,
        b"User-agent" * 50_000,
    ],
    ids=["robots by thousands", "one long pattern", "many patterns", "no end of a line"],
)
def test_a_hostile_robots_txt_takes_no_time(robots_txt: bytes):
    began = time.process_time()

    rules(robots_txt[:512_000])("https://news.example/" + "abc" * 600)

    assert time.process_time() - began < 2 * slowness()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_robots_txt(robots_txt: bytes):
    assert rules(b"User-agent: *\n" + robots_txt)(PAGE) in {True, False}
