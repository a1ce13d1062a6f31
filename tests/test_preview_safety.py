"""Whom the preview answers, and what it lets an issue do: nothing."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from preview_asking import asked, base, fake, posted, standing
from preview_desk import WEEK, FakeDesk, previewing

from newsletter.preview import FeedRow

__all__ = ["base", "fake", "standing"]  # fixtures, by whose names the tests ask for them

PAGES = ("/", f"/issues/{WEEK}", "/feeds", "/charts", "/archive", "/keys")


def test_feed_text_is_text_wherever_the_app_prints_it(fake: FakeDesk, base: str):
    evil = '"><script>alert(1)</script>{{7*7}}'
    fake.feed_rows = (FeedRow(name=evil, url=evil, section=evil, status="failing", note=evil),)
    fake.issue_rows = (replace(fake.issues()[0], headline=evil, problems=(evil,)),)
    fake.feed_rows += (FeedRow(name=evil, url="x", section=evil, status="ok", articles_a_week=3),)

    pages = [asked(base, path).text for path in ("/", "/feeds", "/charts", f"/issues/{WEEK}")]

    assert not [page for page in pages if "<script>alert" in page]
    assert "{{7*7}}" in pages[1]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil:80"])
def test_a_name_that_was_rebound_to_this_machine_gets_no_answer(standing: str, host: str):
    answer = asked(standing, "/", Host=host)

    assert answer.status == 403
    assert "Tideline" not in answer.text


def test_this_machine_may_be_called_localhost(standing: str):
    port = urlsplit(standing).port

    statuses = [
        asked(standing, "/", Host=f"{name}:{port}").status for name in ("localhost", "[::1]")
    ]

    assert statuses == [200, 200]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_app_runs_its_own_scripts_alone_and_is_framed_by_nobody(
    standing: str, path: str
):
    headers = asked(standing, path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_app_needs_no_style_and_no_script_within_it(standing: str, path: str):
    page = asked(standing, path).text

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert re.findall(r"<script[^>]*>([^<]*)", page) == [""]


def test_an_issue_is_shut_in_its_frame_and_may_only_draw(standing: str):
    page = asked(standing, f"/issues/{WEEK}").text
    policy = asked(standing, f"/frames/{WEEK}/mail").headers["Content-Security-Policy"]
    bare = asked(standing, f"/frames/{WEEK}/mail?show=images-off").headers[
        "Content-Security-Policy"
    ]

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "img-src https: data:" in policy
    assert "img-src 'none'" in bare


def test_a_link_of_the_issue_opens_outside_and_an_anchor_within(fake: FakeDesk, base: str):
    fake.hostile = '<a class="i" href="#line3">3</a> <A HREF="https://x.example/?a=1">x</A>'

    page = asked(base, f"/frames/{WEEK}/mail").text

    outside = '<a target="_blank" rel="noopener noreferrer"'
    assert f'{outside} href="https://ledger.example/1"' in page
    assert f'{outside} HREF="https://x.example/?a=1"' in page
    assert '<a class="i" href="#line3">' in page


@pytest.mark.parametrize("path", ["/rebuild", f"/issues/{WEEK}/send"])
def test_nothing_is_set_off_by_asking_for_a_page(fake: FakeDesk, base: str, path: str):
    answer = asked(base, path)

    assert answer.status in (404, 405)
    assert (fake.word, fake.sent) == ("good", [])


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_form_of_another_page_is_refused(fake: FakeDesk, base: str, origin: str):
    answer = posted(base, f"/issues/{WEEK}/send", origin=origin, address="me@example.org")

    assert answer.status == 403
    assert fake.sent == []


@pytest.mark.parametrize("token", ["", "guess", "é" * 32])
def test_a_form_without_the_token_of_this_server_is_refused(fake: FakeDesk, base: str, token: str):
    answers = [
        posted(base, path, token=token, address="me@example.org")
        for path in (f"/issues/{WEEK}/send", "/rebuild")
    ]

    assert [answer.status for answer in answers] == [403, 403]
    assert (fake.word, fake.sent) == ("good", [])


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_a_form_leads_back_to_pages_of_the_app_alone(base: str, back: str):
    answer = posted(base, "/rebuild", back=back)

    assert answer.headers["Location"] == "/"


def test_the_written_archive_is_shown_and_nothing_beside_it(tmp_path: Path):
    site = tmp_path / "dist"
    (site / WEEK).mkdir(parents=True)
    (site / "index.html").write_text("<h1>All issues</h1>")
    (site / WEEK / "index.html").write_text("<h1>One issue</h1>")
    (tmp_path / "feeds.yaml").write_text("secret")
    (site / "way-out").symlink_to(tmp_path / "feeds.yaml")
    with previewing(FakeDesk(folder=tmp_path / "w", site=site)) as base:
        found = [asked(base, f"/site/{path}") for path in ("index.html", WEEK)]
        outside = [
            asked(base, f"/site/{path}").status
            for path in ("../feeds.yaml", "%2e%2e/feeds.yaml", "way-out", "%00", "none.html")
        ]

    assert ["<h1>" in answer.text for answer in found] == [True, True]
    assert "sandbox" in found[0].headers["Content-Security-Policy"]
    assert outside == [404] * 5


def test_no_link_leads_out_of_the_archive(fake: FakeDesk, base: str, tmp_path: Path):
    fake.site = site = tmp_path / "dist"
    (site / "sub").mkdir(parents=True)
    (site / ".hidden").mkdir()
    (tmp_path / "secret").write_text("secret")
    (site / ".hidden" / "secret").write_text("secret")
    (site / "sub" / "index.html").symlink_to(tmp_path / "secret")
    (site / "seen").symlink_to(site / ".hidden")
    (site / "ring").symlink_to(site / "ring")

    paths = ("sub/", "seen/secret", "ring", "x" * 300)
    answers = [asked(base, f"/site/{path}") for path in paths]

    assert [answer.status for answer in answers] == [404] * 4
    assert not [answer for answer in answers if "secret" in answer.text]
