"""The envelope of a message: addresses that are some, and To put in with nothing else changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_server import closed_port

from newsletter.deliver.envelope import address, addressed, sender_of
from newsletter.deliver.smtp import Server, send
from newsletter.errors import DeliveryError

READER = "reader@lowmere.example"
LETTER = (
    b"From: Tideline <post@tideline.example>\r\n"
    b"To: undisclosed-recipients:;\r\n"
    b"Subject: The week\r\n"
    b"\r\n"
    b"Nothing happened.\r\n"
)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "reader",
        "reader@",
        "@lowmere.example",
        "reader@lowmere",
        "a@lowmere.example, b@lowmere.example",
        "a@b@lowmere.example",
        "Reader <reader@lowmere.example>",
        "reader@lowmere.example\r\nBcc: all@lowmere.example",
        "reader@lowmere.example\nDATA",
        "reader@lowmere.example>\r\nRCPT TO:<all@lowmere.example",
        "reader\u2028@lowmere.example",
        "reader\u200b@lowmere.example",
        "reader@lowmere..example",
        f"{'r' * 300}@lowmere.example",
        "=?utf-8?q?=0A?=@lowmere.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_before_any_server_is_asked(wrong: str):
    with pytest.raises(DeliveryError, match=r"is no e-mail address; write name@example\.org$"):
        send(LETTER, [READER, wrong], Server(host="127.0.0.1", port=closed_port()))


def test_a_domain_beyond_ascii_goes_out_as_the_name_servers_know_it():
    assert address("leser@münchen.example") == "leser@xn--mnchen-3ya.example"


def test_a_folded_to_header_is_replaced_whole_and_one_in_the_text_is_not():
    message = b"From: a@b.example\r\nTO: x@y.example,\r\n z@y.example\r\n\r\nTo: you\r\n"

    assert addressed(message, READER) == (
        b"From: a@b.example\r\nTo: " + READER.encode() + b"\r\n\r\nTo: you\r\n"
    )


def test_a_message_without_to_gets_one():
    assert addressed(b"From: a@b.example\r\n\r\nx\r\n", READER).startswith(
        b"To: " + READER.encode()
    )


@given(st.text(max_size=60))
def test_an_address_is_refused_or_is_one_word_of_one_mailbox(text: str):
    try:
        found = address(text)
    except DeliveryError:
        return

    assert found.count("@") == 1
    assert not set(found) & set(" \r\n\t<>,;:\0")


@given(st.binary(max_size=200).map(lambda body: body.replace(b"\r", b"").replace(b"\n", b"\r\n")))
def test_addressing_changes_the_to_header_alone(body: bytes):
    message = LETTER + body

    assert (
        addressed(message, READER).replace(READER.encode(), b"undisclosed-recipients:;", 1)
        == message
    )
    assert sender_of(addressed(message, READER)) == "post@tideline.example"


@pytest.mark.parametrize(
    "wrong",
    [b"=?utf-8?q?A=0D=0ABcc:_x@lowmere.example?= <post@tideline.example>", b"(" * 5_000],
    ids=["line break", "brackets"],
)
def test_a_sender_that_cannot_be_read_is_none(wrong: bytes):
    with pytest.raises(DeliveryError, match="has no sender"):
        sender_of(b"From: " + wrong + b"\r\n\r\nNothing happened.\r\n")
