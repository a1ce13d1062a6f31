"""The channels of feeds.yaml: what they are called, and what they are told."""

from typing import Any

from newsletter.config.running import NotifyPart
from newsletter.notify import channels

HOOK = "https://hooks.example/services/T0/abcdefgh"


def part(**keys: Any) -> NotifyPart:
    return NotifyPart.model_validate(keys)


def test_a_channel_is_called_by_what_it_is_and_shows_no_secret():
    found = channels(
        [
            part(email="editor@tide.example"),
            part(webhook=HOOK),
            part(webhook_env="TIDE_HOOK"),
            part(command=["./bin/tell", "--token", "abcdefgh"]),
        ]
    )

    assert [channel.label for channel in found] == [
        "e-mail editor@tide.example",
        "webhook hooks.example",
        "webhook TIDE_HOOK",
        "command tell",
    ]
    assert [channel.id.partition(":")[0] for channel in found] == [
        "email",
        "webhook",
        "webhook",
        "command",
    ]
    assert len({channel.id for channel in found}) == 4
    assert all("abcdefgh" not in channel.id for channel in found)


def test_a_channel_keeps_its_id_when_its_events_change():
    (one,) = channels([part(webhook=HOOK)])
    (other,) = channels([part(webhook=HOOK, events=["draft"], format="slack")])

    assert one.id == other.id


def test_a_channel_that_names_events_wants_them_alone():
    (some,) = channels([part(webhook=HOOK, events=["draft", "held"])])
    (every,) = channels([part(webhook=HOOK)])

    assert [some.wants(kind) for kind in ("draft", "held", "missed")] == [True, True, False]
    assert every.wants("missed")


def test_a_channel_that_is_named_twice_is_told_once_what_either_names():
    (both,) = channels([part(webhook=HOOK, events=["draft"]), part(webhook=HOOK, events=["held"])])
    (every,) = channels([part(webhook=HOOK, events=["draft"]), part(webhook=HOOK)])

    assert both.events == {"draft", "held"}
    assert every.wants("missed")


def test_channels_that_would_be_called_the_same_are_told_apart():
    one, other = channels([part(webhook=HOOK), part(webhook=f"{HOOK}x")])

    assert one.label.startswith("webhook hooks.example (")
    assert one.label != other.label


def test_webhooks_of_one_host_are_told_apart_by_port_and_format():
    found = channels(
        [
            part(webhook="https://hooks.example:8443/services/T0/abcdefgh"),
            part(webhook=HOOK, format="slack"),
            part(webhook="https://other.example/x", format="slack"),
        ]
    )

    assert [channel.label for channel in found] == [
        "webhook hooks.example:8443 (json)",
        "webhook hooks.example (slack)",
        "webhook other.example",
    ]
