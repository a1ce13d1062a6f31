"""The channels of feeds.yaml: what each is called, and what it is told."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import urlsplit

from newsletter.config.running import NotifyPart
from newsletter.model import EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way of telling a person.

    `id` stays the same as long as the way does, `label` is shown to people; neither holds a secret:
    the URL of a webhook is one. `events` are the kinds of events that it is told, all if empty.
    """

    id: str
    label: str
    part: NotifyPart
    events: frozenset[EventKind] = frozenset()

    def wants(self, kind: EventKind) -> bool:
        """Tell whether it is to be told of such events."""
        return not self.events or kind in self.events


def channels(parts: Iterable[NotifyPart]) -> tuple[Channel, ...]:
    """Return the channels that feeds.yaml names, in its order.

    One that is named twice is one channel, told what either entry names.
    """
    found: dict[str, Channel] = {}
    for part in parts:
        channel = _channel(part)
        known = found.get(channel.id)
        if known is not None:
            both = known.events | channel.events
            channel = replace(
                known, events=both if known.events and channel.events else frozenset()
            )
        found[channel.id] = channel
    return _told_apart(_told_apart(tuple(found.values()), _way), _mark)


def _told_apart(found: tuple[Channel, ...], more: Callable[[Channel], str]) -> tuple[Channel, ...]:
    """Return *found*, those that are called the same with *more* in their label."""
    times = Counter(channel.label for channel in found)
    return tuple(
        replace(channel, label=more(channel)) if times[channel.label] > 1 else channel
        for channel in found
    )


def _way(channel: Channel) -> str:
    """Return the label with port and format of a webhook, which are no secrets."""
    url = channel.part.webhook
    if not url:
        return channel.label
    port = urlsplit(url).port
    return f"{channel.label}{f':{port}' if port else ''} ({channel.part.format})"


def _mark(channel: Channel) -> str:
    return f"{channel.label} ({channel.id[-4:]})"


def _channel(part: NotifyPart) -> Channel:
    if part.email:
        id_, label = f"email:{part.email}", f"e-mail {part.email}"
    elif part.webhook:
        id_ = f"webhook:{_digest(part.webhook)}"
        label = f"webhook {urlsplit(part.webhook).hostname}"
    elif part.webhook_env:
        id_ = f"webhook:{_digest(part.webhook_env)}"
        label = f"webhook {part.webhook_env}"
    else:
        # The words after the first may hold a secret.
        id_ = f"command:{_digest(chr(0).join(part.command))}"
        label = f"command {PurePath(part.command[0]).name}"
    return Channel(id=id_, label=label, part=part, events=frozenset(part.events))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
