"""Puts real things behind the doors that telling has: mail, webhooks, commands."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.request import getproxies

from newsletter import __version__, wiring
from newsletter.config import Configuration
from newsletter.model import EventKind, Receipt
from newsletter.store import Store

if TYPE_CHECKING:
    from newsletter.notify import Channel
    from newsletter.notify.note import Note
    from newsletter.notify.wire import Wire
    from newsletter.pipeline.notifying import TellingDesk

# Where `newsletter preview` listens unless told otherwise.
PREVIEW = "http://127.0.0.1:8765"

_LONGEST_S = 60.0  # one message: the weekly run waits for it
_MARGIN_S = 5.0


def channels_for(configuration: Configuration) -> Callable[[EventKind], tuple[str, ...]]:
    """Return a function that gives the ids of the channels that want a kind of event."""
    from newsletter.notify import channels

    found = channels(configuration.settings.notify)
    return lambda kind: tuple(channel.id for channel in found if channel.wants(kind))


def telling_desk(
    configuration: Configuration,
    store: Store,
    *,
    wall: Callable[[], datetime],
    is_stopping: Callable[[], bool] = lambda: False,
) -> "TellingDesk":
    """Return the doors of telling people what happened.

    Nothing is connected or checked before there is something to tell.
    """
    from newsletter.pipeline.notifying import TellingDesk

    return TellingDesk(
        store=store,
        wires=wires_of(configuration, wall),
        channels=channels_for(configuration),
        wall=wall,
        is_stopping=is_stopping,
    )


def wires_of(configuration: Configuration, wall: Callable[[], datetime]) -> "Mapping[str, Wire]":
    """Return the channels of feeds.yaml by id, fit for use; mail is dated by *wall*."""
    from newsletter.notify import channels
    from newsletter.notify.note import Paper
    from newsletter.notify.wire import Wire

    settings = configuration.settings
    paper = Paper(
        title=settings.title,
        zone=settings.timezone,
        workspace=str(configuration.workspace),
        preview=PREVIEW,
    )
    return {
        channel.id: Wire(
            label=channel.label,
            limit_s=_LONGEST_S if channel.part.email else _timeout_s(channel) + _MARGIN_S,
            paper=paper,
            deliver=_sender(channel, configuration, wall),
        )
        for channel in channels(settings.notify)
    }


def _sender(
    channel: "Channel", configuration: Configuration, wall: Callable[[], datetime]
) -> "Callable[[Note], None]":
    part = channel.part
    if part.email:
        return lambda note: _mail(channel, configuration, wall, note)
    if part.command:
        return lambda note: _run(channel, configuration, note)
    return lambda note: _post(channel, configuration, note)


def _timeout_s(channel: "Channel") -> float:
    return min(channel.part.timeout.total_seconds(), _LONGEST_S)


def _mail(
    channel: "Channel", configuration: Configuration, wall: Callable[[], datetime], note: "Note"
) -> None:
    from newsletter.deliver.smtp import send
    from newsletter.notify.mail import Mail

    def hand_over(message: bytes, recipients: Sequence[str]) -> Sequence[Receipt]:
        server = wiring.mail_server(configuration)
        # Less than the whole: a server that keeps silent is to be told from one that took it.
        patience_s = min(server.timeout_s, 0.8 * _LONGEST_S)
        return send(message, recipients, replace(server, timeout_s=patience_s))

    sender = configuration.settings.sender
    name, address = (sender.name, sender.address) if sender else ("", "")
    Mail(
        address=channel.part.email or "",
        sender=(name, address),
        send=hand_over,
        wall=wall,
    ).deliver(note)


def _post(channel: "Channel", configuration: Configuration, note: "Note") -> None:
    from newsletter.notify.webhook import Webhook, hook_url

    part, url = channel.part, configuration.settings.url
    about = f" (+{url})" if url else ""
    Webhook(
        url=part.webhook or hook_url(part.webhook_env or "", os.environ.get),
        form=part.format,
        timeout_s=_timeout_s(channel),
        user_agent=f"Newsletter/{__version__}{about}",
        proxies=getproxies(),
    ).deliver(note)


def _run(channel: "Channel", configuration: Configuration, note: "Note") -> None:
    from newsletter.notify.command import Command

    Command(
        words=channel.part.command,
        folder=configuration.workspace,
        environment=os.environ,
        timeout_s=_timeout_s(channel),
    ).deliver(note)
