"""A note as e-mail: what goes over the wire to a real server."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial

import pytest
from mail_server import closed_port, post_office, scripted, silent
from noting import DRAFT, HOSTILE, note

from newsletter.deliver.smtp import Server, send
from newsletter.errors import NotifyError
from newsletter.notify.mail import Mail, letter

EDITOR = "editor@tide.example"
SENDER = ("The Tide", "tide@tide.example")
AT = datetime(2026, 11, 22, 5, 0, 12, tzinfo=UTC)


def mail(port: int, *, timeout_s: float = 60.0) -> Mail:
    server = Server(host="127.0.0.1", port=port, security="none", timeout_s=timeout_s)
    return Mail(address=EDITOR, sender=SENDER, send=partial(send, server=server), wall=lambda: AT)


def read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content())


def test_a_note_arrives_from_the_sender_at_the_editor():
    with post_office() as office:
        mail(office.port).deliver(note())

    (got,) = office.letters
    message = read(got.content)
    assert (got.sender, got.recipients) == ("tide@tide.example", (EDITOR,))
    assert message["From"] == "The Tide <tide@tide.example>"
    assert message["To"] == EDITOR
    assert message["Subject"].startswith("The Tide: 2026-W47 is ready for review")
    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert "newsletter approve 2026-W47" in part(message, "plain")
    assert "newsletter approve 2026-W47" in part(message, "html")


def test_a_note_that_is_sent_again_is_the_same_message():
    one = letter(note(), sender=SENDER, to=EDITOR, at=AT)

    assert one == letter(note(), sender=SENDER, to=EDITOR, at=AT)
    assert b"Message-ID: <draft-7-" in one


def test_another_event_and_another_address_have_message_ids_of_their_own():
    notes = [(note(), EDITOR), (note(id=8), EDITOR), (note(), "editor2@tide.example")]

    ids = {read(letter(one, sender=SENDER, to=to, at=AT))["Message-ID"] for one, to in notes}

    assert len(ids) == 3


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_adds_a_header_or_breaks_a_line(text: str):
    told = note("published", DRAFT | {"title": text, "headlines": [text]}, cause=text)

    content = letter(told, sender=(text, "tide@tide.example"), to=EDITOR, at=AT)

    message = read(content)
    assert message["Bcc"] is None
    assert sorted(message.keys()) == [
        "Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject",
        "To",
    ]  # fmt: skip
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert message["From"].addresses[0].addr_spec == "tide@tide.example"


def test_an_address_that_the_server_refuses_is_final():
    with (
        post_office(refuses={EDITOR: "550 5.1.1 nobody here"}) as office,
        pytest.raises(NotifyError, match="nobody here") as caught,
    ):
        mail(office.port).deliver(note())

    assert caught.value.is_final
    assert caught.value.is_sure


def test_an_address_that_is_full_today_may_take_it_tomorrow():
    with (
        post_office(refuses={EDITOR: "452 4.2.2 full"}) as office,
        pytest.raises(NotifyError, match="full") as caught,
    ):
        mail(office.port).deliver(note())

    assert not caught.value.is_final
    assert caught.value.is_sure


def test_without_a_server_it_surely_did_not_arrive():
    with pytest.raises(NotifyError, match="refused") as caught:
        mail(closed_port()).deliver(note())

    assert caught.value.is_sure
    assert not caught.value.is_final


def test_a_server_that_says_nothing_surely_did_not_take_it():
    with silent() as port, pytest.raises(NotifyError, match=r"no answer within 0\.2 s") as caught:
        mail(port, timeout_s=0.2).deliver(note())

    assert caught.value.is_sure


def test_a_server_that_hangs_up_before_it_confirms_may_have_taken_it():
    with scripted({".": None}) as port, pytest.raises(NotifyError) as caught:
        mail(port).deliver(note())

    assert not caught.value.is_sure
