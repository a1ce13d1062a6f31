"""The preview at work: saved files, faults, the coming issue, tests sent, beginning and end."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import pytest
from preview_asking import News, asked, base, fake, posted
from preview_desk import WEEK, FakeDesk, previewing

from newsletter.errors import ServeError
from newsletter.preview import Server
from newsletter.preview.live import watch
from newsletter.preview.room import Notice, Room

__all__ = ["base", "fake"]  # fixtures, by whose names the tests ask for them


def test_a_test_is_sent_to_the_address_given_and_the_page_says_what_happened(
    fake: FakeDesk, base: str
):
    answer = posted(base, f"/issues/{WEEK}/send", address="me@example.org")
    page = asked(base, answer.headers["Location"])

    assert answer.status == 303
    assert fake.sent == [(WEEK, "me@example.org")]
    assert "2026-W47 was taken by mail.example.org for me@example.org" in page.text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("refused@example.org", "refused@example.org: the server refused it: no such mailbox"),
        ("nobody", "is no e-mail address; write name@example.org"),
        ("a@example.org\r\nBcc: b@example.org", "is no e-mail address"),
        ("a@example.org, b@example.org", "is no e-mail address"),
    ],
)
def test_a_test_that_cannot_be_sent_says_why(fake: FakeDesk, base: str, address: str, told: str):
    answer = posted(base, f"/issues/{WEEK}/send", address=address)
    page = asked(base, answer.headers["Location"])

    assert told in page.text
    assert fake.sent == []


def test_without_a_server_for_mail_the_page_says_how_to_name_one(tmp_path: Path):
    with previewing(FakeDesk(folder=tmp_path / "w", has_smtp=False)) as base:
        page = asked(base, f"/issues/{WEEK}").text

    assert "password_env: NEWSLETTER_SMTP_PASSWORD" in page
    assert "Send test" not in page


def test_a_saved_template_is_told_to_the_open_pages_and_shown(fake: FakeDesk, base: str):
    assert "Read the good week." in asked(base, f"/frames/{WEEK}/mail").text
    with News(base) as news:
        fake.template.write_text("<p>Behold the {word} week.</p>")
        event, _ = news.next()

    assert event == "changed"
    assert "Behold the good week." in asked(base, f"/frames/{WEEK}/mail").text


def test_a_file_that_comes_later_is_noticed_too(fake: FakeDesk, base: str):
    with News(base) as news:
        (fake.folder / "feeds.yaml").write_text("title: Tideline")
        event, _ = news.next()

    assert event == "changed"


def test_a_file_put_in_the_place_of_another_is_noticed(fake: FakeDesk, base: str):
    with News(base) as news:
        draft = fake.folder / "draft"
        draft.write_text("<p>Moved in, {word}.</p>")
        draft.rename(fake.template)
        news.next()

    assert "Moved in, good." in asked(base, f"/frames/{WEEK}/mail").text


def saved(path: Path, text: str) -> None:
    """Save in one step: a file that is emptied first and then written may be told of twice."""
    beside = path.with_name(f".{path.name}")
    beside.write_text(text)
    beside.replace(path)


def test_a_fault_in_a_template_is_told_and_the_last_good_view_stays(fake: FakeDesk, base: str):
    asked(base, f"/frames/{WEEK}/mail")
    with News(base) as news:
        saved(fake.template, "<p>Read the {wird} week.</p>")
        news.next()
        broken = asked(base, f"/issues/{WEEK}").text
        frame = asked(base, f"/frames/{WEEK}/mail").text
        saved(fake.template, "<p>Mended, the {word} week.</p>")
        news.next()
        mended = asked(base, f"/issues/{WEEK}").text

    assert 'role="alert"' in broken
    assert "templates/email.html:1: &#39;wird&#39; is undefined" in broken
    assert "Read the good week." in frame
    assert 'role="alert"' not in mended


def test_a_fault_from_the_start_is_told_and_mended_while_the_page_is_open(fake: FakeDesk):
    fake.template.write_text("<p>{wird}</p>")
    with previewing(fake) as base, News(base) as news:
        broken = asked(base, f"/issues/{WEEK}")
        fake.template.write_text("<p>{word}</p>")
        news.next()
        mended = asked(base, f"/issues/{WEEK}")

    assert (broken.status, mended.status) == (500, 200)
    assert "&#39;wird&#39; is undefined" in broken.text


def test_the_coming_issue_is_composed_beside_the_pages_which_say_so(fake: FakeDesk, base: str):
    fake.building.clear()
    with News(base) as news:
        answer = posted(base, "/rebuild", back=f"/issues/{WEEK}")
        meanwhile = asked(base, f"/issues/{WEEK}").text
        fake.building.set()
        event = news.next()
    page = asked(base, f"/issues/{WEEK}").text

    assert (answer.status, answer.headers["Location"]) == (303, f"/issues/{WEEK}")
    assert "Composing the coming issue" in meanwhile
    assert event == ("built", WEEK)
    assert "2026-W47 was composed anew" in page
    assert "Read the rebuilt week." in asked(base, f"/frames/{WEEK}/mail").text


def test_a_notice_reaches_the_second_who_asks_too(fake: FakeDesk, base: str):
    posted(base, f"/issues/{WEEK}/send", address="me@example.org")

    # The page that is being left hears the news as well, and may ask first.
    pages = [asked(base, f"/issues/{WEEK}").text for _ in range(2)]

    assert ["was taken by mail.example.org" in page for page in pages] == [True, True]


def test_a_notice_gives_way_to_the_next_one(fake: FakeDesk, base: str):
    for name in ("ida", "bo"):
        posted(base, f"/issues/{WEEK}/send", address=f"{name}@example.org")
        page = asked(base, f"/issues/{WEEK}").text

    assert "for bo@example.org" in page
    assert "for ida@example.org" not in page


def test_a_notice_that_was_told_is_not_told_beside_what_is_under_way(fake: FakeDesk, base: str):
    posted(base, f"/issues/{WEEK}/send", address="me@example.org")
    told = asked(base, f"/issues/{WEEK}").text
    fake.building.clear()
    posted(base, "/rebuild", back=f"/issues/{WEEK}")
    meanwhile = asked(base, f"/issues/{WEEK}").text
    fake.building.set()

    assert "was taken by" in told
    assert "was taken by" not in meanwhile


def test_a_notice_is_not_told_for_ever(fake: FakeDesk):
    room = Room(desk=fake.desk())
    room.say(Notice(state="ok", text="Sent."))
    first = room.page("keys.html.j2", here="keys", version="", faults=()).body
    room.said = {
        who: [replace(one, told_at=(one.told_at or 0) - 60) for one in notices]
        for who, notices in room.said.items()
    }

    assert b"Sent." in first
    assert b"Sent." not in room.page("keys.html.j2", here="keys", version="", faults=()).body
    assert room.said == {}


def test_a_file_that_comes_with_its_folder_is_noticed(tmp_path: Path):
    folder = tmp_path / "templates"

    async def follow() -> int:
        stop, times = asyncio.Event(), 0

        def changed() -> None:
            nonlocal times
            times += 1
            if times == 1:  # the folder has come, and is not watched yet
                (folder / "email.html").write_text("<p>{word}</p>")
            else:
                stop.set()

        watching = asyncio.create_task(watch([folder], changed, stop))
        for _ in range(9):  # it watches after its first steps
            await asyncio.sleep(0)
        folder.mkdir()
        await asyncio.wait_for(watching, 60)
        return times

    assert asyncio.run(follow()) >= 2


def test_a_port_that_is_taken_is_named_with_the_way_out(fake: FakeDesk):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} is taken .*--port 0"):
            Server(fake.desk(), host="127.0.0.1", port=port)


def test_an_open_page_does_not_hold_up_the_end(fake: FakeDesk):
    with previewing(fake) as base:
        news = News(base)
        # `previewing` asserts that the server ends.

    assert news.answer.read() == b""
    news.connection.close()


def test_ctrl_c_ends_the_preview_at_once_and_in_peace(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path; from preview_desk import FakeDesk;"
        "from newsletter.preview import serve;"
        "serve(FakeDesk(folder=Path(sys.argv[1])).desk(), host='127.0.0.1', port=0,"
        " opened=lambda url: print(url, flush=True))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "workspace")]
    more = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, env=more, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdout
        base = process.stdout.readline().strip()
        with News(base):
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=60)

    assert (process.returncode, complaints) == (0, "")
