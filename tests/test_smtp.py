"""Handing mail to a server: what goes over the wire, and what is told when it does not."""

import ssl
from base64 import b64encode
from typing import Any

import pytest
from issues import templates, week
from mail_server import closed_port, post_office, scripted, silent
from servers import tls

from newsletter.deliver.smtp import Server, greet, send
from newsletter.errors import DeliveryError
from newsletter.model.delivery import Receipt
from newsletter.render import render

READER = "reader@lowmere.example"
OTHER = "other@harn.example"
SECRET = "tide-and-time"  # of no server but the tests' own
LETTER = (
    b"From: Tideline <post@tideline.example>\r\n"
    b"To: undisclosed-recipients:;\r\n"
    b"Subject: The week\r\n"
    b"\r\n"
    b"Nothing happened.\r\n"
)
Sides = tuple[ssl.SSLContext, ssl.SSLContext]


@pytest.fixture(scope="module")
def sides() -> Sides:
    return tls()


def plain(port: int, **changes: Any) -> Server:
    return Server(
        **{"host": "127.0.0.1", "port": port, "security": "none", "timeout_s": 60} | changes
    )


def safe(port: int, **changes: Any) -> Server:
    return plain(port, **{"host": "localhost", "security": "starttls"} | changes)


def test_a_message_that_the_server_takes_has_a_receipt_with_its_words():
    with post_office() as office:
        receipts = send(LETTER, [READER], plain(office.port), issue="2026-W47")

    assert receipts == (
        Receipt(
            recipient=READER, issue="2026-W47", outcome="accepted", detail="250 2.0.0 queued as 1"
        ),
    )


def test_the_envelope_comes_from_the_sender_and_to_names_the_recipient_alone():
    with post_office() as office:
        send(LETTER, [READER, OTHER], plain(office.port))

    assert [(letter.sender, letter.recipients) for letter in office.letters] == [
        ("post@tideline.example", (READER,)),
        ("post@tideline.example", (OTHER,)),
    ]
    assert OTHER.encode() not in office.letters[0].content
    assert office.letters[1].content == LETTER.replace(b"undisclosed-recipients:;", OTHER.encode())


def test_the_real_message_of_an_issue_arrives_byte_for_byte():
    message = render(week(), templates()).files["issue.eml"]

    with post_office() as office:
        send(message, [READER], plain(office.port))

    sent, arrived = message.split(b"\r\n"), office.letters[0].content.split(b"\r\n")
    assert [line for line in arrived if line not in sent] == [f"To: {READER}".encode()]
    assert arrived == [f"To: {READER}".encode() if x.startswith(b"To: ") else x for x in sent]


@pytest.mark.parametrize(
    "body",
    [b".\r\n", b"..two\r\n.\r\n.one\r\n", b"x" * 998 + b"\r\n", b"\r\n\r\n.\r\n\r\n"],
    ids=["a dot alone", "dots at the start", "the longest line", "empty lines"],
)
def test_what_means_something_to_smtp_arrives_as_it_was(body: bytes):
    with post_office() as office:
        send(LETTER + body, [READER], plain(office.port))

    assert office.letters[0].content.endswith(b"Nothing happened.\r\n" + body)


def test_a_server_is_greeted_without_being_handed_anything():
    with post_office() as office:
        assert greet(plain(office.port)) == f"127.0.0.1:{office.port}"

    assert office.letters == []


def test_a_recipient_whom_the_server_refuses_costs_nobody_else_the_mail():
    with post_office(refuses={READER: "550 5.1.1 no such mailbox"}) as office:
        refused, accepted = send(LETTER, [READER, OTHER], plain(office.port))

    assert (refused.outcome, refused.detail) == ("refused", "550 5.1.1 no such mailbox")
    assert (accepted.recipient, accepted.outcome) == (OTHER, "accepted")


def test_a_recipient_for_whom_it_is_too_early_has_failed_and_may_be_tried_again():
    with post_office(refuses={READER: "451 4.7.1 greylisted"}) as office:
        (receipt,) = send(LETTER, [READER], plain(office.port))

    assert (receipt.outcome, receipt.detail) == ("failed", "451 4.7.1 greylisted")


def test_a_recipient_named_twice_gets_it_once():
    with post_office() as office:
        receipts = send(LETTER, [READER, f" {READER}"], plain(office.port))

    assert len(receipts) == len(office.letters) == 1


def test_without_recipients_no_server_is_asked():
    assert send(LETTER, [], plain(closed_port())) == ()


def test_starttls_encrypts_before_anything_is_said(sides: Sides):
    with post_office(starttls=sides[0], password=SECRET) as office:
        server = safe(office.port, username="tideline", password=SECRET)
        (receipt,) = send(LETTER, [READER], server, trusted=sides[1])

    assert receipt.outcome == "accepted"
    assert office.letters[0].was_encrypted
    assert office.logins == ["tideline"]


def test_tls_encrypts_from_the_first_byte(sides: Sides):
    with post_office(tls=sides[0]) as office:
        send(LETTER, [READER], safe(office.port, security="tls"), trusted=sides[1])

    assert office.letters[0].was_encrypted


def test_a_server_without_starttls_is_told_nothing_in_plain_text():
    with post_office() as office, pytest.raises(DeliveryError, match="does not offer STARTTLS"):
        send(LETTER, [READER], safe(office.port))

    assert office.letters == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(sides: Sides, security: str):
    how = {"starttls": sides[0]} if security == "starttls" else {"tls": sides[0]}

    with (
        post_office(**how) as office,
        pytest.raises(DeliveryError, match="its TLS certificate cannot be trusted") as caught,
    ):
        send(LETTER, [READER], safe(office.port, security=security))

    assert office.letters == []
    assert caught.value.exit_code == 1


def test_a_certificate_for_another_name_is_refused(sides: Sides):
    with (
        post_office(starttls=sides[0]) as office,
        pytest.raises(DeliveryError, match="as its certificate does"),
    ):
        send(LETTER, [READER], safe(office.port, host="127.0.0.1"), trusted=sides[1])


def test_tls_on_a_port_that_speaks_none_is_told_with_the_usual_ports():
    with post_office() as office, pytest.raises(DeliveryError, match="starttls on 587"):
        send(LETTER, [READER], safe(office.port, security="tls"))


def test_a_wrong_password_is_told_with_the_servers_words_and_without_the_password(sides: Sides):
    with post_office(starttls=sides[0], password="another") as office:
        server = safe(office.port, username="tideline", password=SECRET)
        with pytest.raises(DeliveryError, match="refuses the login of 'tideline': 535") as caught:
            send(LETTER, [READER], server, trusted=sides[1])

    assert "smtp.password_env" in str(caught.value)
    assert SECRET not in f"{caught.value} {server!r}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "echo",
    [
        SECRET,
        b64encode(f"\0tideline\0{SECRET}".encode()).decode(),
        b64encode(SECRET.encode()).decode(),
    ],
    ids=["plain", "as sent by PLAIN", "as sent by LOGIN"],
)
def test_a_server_that_repeats_the_password_is_not_quoted_with_it(echo: str):
    script = {"EHLO": b"250-x\r\n250 AUTH PLAIN", "AUTH": f"535 not {echo}!".encode()}

    with scripted(script) as port, pytest.raises(DeliveryError, match="535 not …!"):
        send(LETTER, [READER], plain(port, username="tideline", password=SECRET))


def test_a_server_that_offers_no_login_is_told():
    with scripted({}) as port, pytest.raises(DeliveryError, match="offers no login that we know"):
        send(LETTER, [READER], plain(port, username="tideline", password=SECRET))


def test_a_password_does_not_go_over_a_network_in_plain_text():
    server = plain(25, host="mail.lowmere.example", username="tideline", password=SECRET)

    with pytest.raises(DeliveryError, match="not sent unencrypted over a network"):
        send(LETTER, [READER], server)


def test_a_closed_port_is_told_with_its_number():
    port = closed_port()

    with pytest.raises(DeliveryError, match=rf"^127\.0\.0\.1:{port}: no connection \(.*refused"):
        send(LETTER, [READER], plain(port))


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_server_that_says_nothing_is_left_in_time(security: str):
    with silent() as port, pytest.raises(DeliveryError, match=r"no answer within 0\.2 s"):
        send(LETTER, [READER], plain(port, timeout_s=0.2, security=security))


def test_a_server_that_does_not_want_us_is_quoted():
    with (
        scripted({}, greeting=b"554 5.7.1 your address is listed") as port,
        pytest.raises(DeliveryError, match=r"554 5\.7\.1 your address is listed"),
    ):
        send(LETTER, [READER], plain(port))


def test_a_server_that_speaks_another_language_is_told():
    with (
        scripted({"EHLO": None, "HELO": None}, greeting=b"SSH-2.0-OpenSSH") as port,
        pytest.raises(DeliveryError, match=r"check smtp\.host and smtp\.port"),
    ):
        send(LETTER, [READER], plain(port))


def test_a_connection_that_breaks_before_the_message_leaves_nothing_in_doubt():
    with scripted({"RCPT": None}) as port:
        first, second = send(LETTER, [READER, OTHER], plain(port))

    assert (first.outcome, second.outcome) == ("failed", "failed")
    assert "before the message was handed over" in first.detail
    assert "before the message was handed over" in second.detail


def test_a_connection_that_breaks_before_the_confirmation_leaves_a_warning():
    with scripted({".": None}) as port:
        (receipt,) = send(LETTER, [READER], plain(port))

    assert receipt.outcome == "failed"
    assert "it may have arrived" in receipt.detail


@pytest.mark.parametrize(
    ("reply", "outcome"), [(b"552 5.3.4 too big", "refused"), (b"452 4.3.1 full", "failed")]
)
def test_a_message_refused_after_its_last_line_is_told(reply: bytes, outcome: str):
    with scripted({".": reply}) as port:
        (receipt,) = send(LETTER, [READER], plain(port))

    assert (receipt.outcome, receipt.detail) == (outcome, reply.decode())


def test_a_sender_whom_the_server_refuses_is_named():
    with scripted({"MAIL": b"553 5.7.1 not yours\x1b[31m\r\n"}) as port:
        (receipt,) = send(LETTER, [READER], plain(port))

    assert receipt.outcome == "refused"
    assert receipt.detail == "the sender post@tideline.example: 553 5.7.1 not yours [31m"


def test_a_name_beyond_ascii_needs_a_server_that_takes_it():
    with post_office(utf8=True) as new, post_office() as old:
        (accepted,) = send(LETTER, ["jörg@harn.example"], plain(new.port))
        (refused,) = send(LETTER, ["jörg@harn.example"], plain(old.port))

    assert accepted.outcome == "accepted"
    assert new.letters[0].recipients == ("jörg@harn.example",)
    assert (refused.outcome, old.letters) == ("refused", [])
    assert "SMTPUTF8" in refused.detail


def test_nothing_is_asked_of_the_server_that_the_message_does_not_need():
    with post_office(utf8=True) as office:
        send(LETTER, [READER], plain(office.port))

    assert [option.split("=")[0] for option in office.letters[0].options] == ["SIZE"]


@pytest.mark.parametrize(
    "sender", [b"", b"From: Tideline <newsletter@example.invalid>\r\n"], ids=["none", "invented"]
)
def test_a_message_without_a_sender_is_not_sent(sender: bytes):
    message = sender + b"Subject: x\r\n\r\nx\r\n"

    with pytest.raises(DeliveryError, match="has no sender; write sender:"):
        send(message, [READER], plain(closed_port()))


@pytest.mark.parametrize("body", [b"a\nb\r\n", b"a\r.\r\n"], ids=["LF", "CR"])
def test_a_lone_line_break_is_not_sent_as_servers_disagree_on_what_it_ends(body: bytes):
    with pytest.raises(DeliveryError, match="do not end in CRLF"):
        send(LETTER + body, [READER], plain(closed_port()))


@pytest.mark.parametrize("reply", [b"250 fine", b"200 yes", b"399 well"])
def test_a_server_that_does_not_let_the_message_begin_has_not_taken_it(reply: bytes):
    with scripted({"DATA": reply}) as port:
        (receipt,) = send(LETTER, [READER], Server(host="127.0.0.1", port=port, security="none"))

    assert receipt.outcome == "failed"
