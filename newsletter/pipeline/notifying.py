"""Telling people what happened: each notice once, and nothing lost in silence."""

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from newsletter.model import Event, EventKind, Notice, NoticeState
from newsletter.pipeline.sending import Outcome, Sending
from newsletter.ports.running import History, Notices

_log = logging.getLogger(__name__)

_GIVEN_UP = timedelta(minutes=10)  # for what is being sent; far more than any sender takes
_MOST = 100  # notices at a time
_TOTAL_S = 60.0  # after which no further one is begun: the weekly run has more to do
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=2)
_TRIES = 18  # with the waits above: about 22 hours


class Memory(Notices, History, Protocol):
    """The store's memory of what happened, and of who was told."""

    def transaction(self) -> "AbstractContextManager[Memory]":
        """Return a memory whose calls are one transaction."""


class Wire(Protocol):
    """A channel that can be used; `label` is shown to people and holds no secret."""

    @property
    def label(self) -> str:
        """Return what it is called."""

    @property
    def limit_s(self) -> float:
        """Return how long one message may take at most."""

    def tell(self, event: Event) -> None:
        """Tell of *event*, or raise a NotifyError."""

    def try_out(self, at: datetime) -> None:
        """Send a test, or raise a NotifyError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingDesk:
    """What telling needs: the store, the channels by id, which of them want a kind of event.

    `wall` is the clock by which senders that died are known; `is_stopping` says that the program
    is to end: nothing is begun any more, and what is under way has a few seconds.
    """

    store: Memory
    wires: Mapping[str, Wire]
    channels: Callable[[EventKind], tuple[str, ...]]
    wall: Callable[[], datetime]
    is_stopping: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of telling one channel of one event: `text` is one line for log and terminal.

    `pending` is a failure that is tried again; `kind` is "test" for a test.
    """

    channel: str
    kind: str
    state: NoticeState
    text: str
    week: str | None = None
    error: str = ""


def dispatch(desk: TellingDesk, now: datetime) -> tuple[Told, ...]:
    """Tell each channel what is due at *now* (the schedule's clock), and return what became of it.

    Each notice is sent once: one that surely did not arrive is tried again, after 1, 2, 4 … minutes
    (at most two hours, or what the other side asks for), for about a day; one of which nobody
    knows, never. What was given up is logged as an error and noted as an event of the kind
    `notifier` in the same transaction, told on the other channels that work, or on one of them
    where none does; a notice of such an event that is given up is only logged. Channels are told
    beside each other, one message at a time each, and none of them makes this raise.

    Raises:
        StoreError: the store cannot be used.
    """
    told = [*_lapsed(desk, now)]
    round_ = _Round(desk, now)
    is_news = True
    while is_news:
        fresh = round_.run(desk.store.notices_due(now, most=_MOST))
        told += fresh
        # Then there is an event more to tell of.
        is_news = any(one.state in ("failed", "unsure") for one in fresh)
    return tuple(told)


def try_out(wires: Mapping[str, Wire], now: datetime) -> tuple[Told, ...]:
    """Send a test on each of *wires*, all at once, and return what became of it in their order."""
    sending: Sending[str] = Sending()
    for id_, wire in wires.items():
        sending.begin(id_, partial(wire.try_out, now), limit_s=wire.limit_s)
    outcomes = dict(sending.next() for _ in wires)
    return tuple(
        Told(
            channel=id_,
            kind="test",
            state=outcomes[id_].state,
            text=f"{wires[id_].label}: {outcomes[id_].reason or 'sent'}",
            error=outcomes[id_].reason,
        )
        for id_ in wires
    )


class _Round:
    """One dispatch: which channels are at work, and which have failed and are left alone."""

    def __init__(self, desk: TellingDesk, now: datetime) -> None:
        self._desk = desk
        self._now = now
        self._ends_at = time.monotonic() + _TOTAL_S
        self._tired: set[str] = set()
        self._sending: Sending[str] = Sending(desk.is_stopping)

    def run(self, due: tuple[Notice, ...]) -> list[Told]:
        """Tell what is *due* and return what became of it."""
        told: list[Told] = []
        waiting: dict[str, deque[Notice]] = {}
        for notice in due:
            if notice.channel in self._desk.wires:
                waiting.setdefault(notice.channel, deque()).append(notice)
            else:
                told += self._gone(notice)
        at_work: dict[str, Notice] = {}
        for channel, queue in waiting.items():
            self._begin_one(channel, queue, at_work)
        while at_work:
            channel, outcome = self._sending.next()
            told.append(self._settled(at_work.pop(channel), outcome))
            self._begin_one(channel, waiting[channel], at_work)
        return told

    def _begin_one(self, channel: str, queue: deque[Notice], at_work: dict[str, Notice]) -> None:
        """Begin to send the first of *queue* that nobody else has taken."""
        desk = self._desk
        while queue and channel not in self._tired:
            if desk.is_stopping() or time.monotonic() > self._ends_at:
                return
            notice = queue.popleft()
            if not desk.store.take_notice(notice, beat_at=desk.wall()):
                continue
            wire = desk.wires[channel]
            self._sending.begin(channel, partial(wire.tell, notice.event), limit_s=wire.limit_s)
            at_work[channel] = notice
            return

    def _gone(self, notice: Notice) -> list[Told]:
        if not self._desk.store.take_notice(notice, beat_at=self._desk.wall()):
            return []
        return [_given_up(self._desk, notice, "failed", "no longer in feeds.yaml", self._now)]

    def _settled(self, notice: Notice, outcome: Outcome) -> Told:
        desk, now = self._desk, self._now
        if outcome.state == "sent":
            desk.store.settle_notice(notice, "sent")
            return _told(desk, notice, "sent")
        if outcome.state == "unsure":
            self._tired.add(notice.channel)
            return _given_up(desk, notice, "unsure", outcome.reason, now)
        tries = notice.attempts + 1
        if outcome.is_final or tries >= _TRIES:
            reason = outcome.reason if outcome.is_final else f"{outcome.reason} ({tries} tries)"
            return _given_up(desk, notice, "failed", reason, now)
        self._tired.add(notice.channel)
        again = now + max(_wait(tries), timedelta(seconds=outcome.retry_after_s or 0))
        desk.store.settle_notice(notice, "pending", error=outcome.reason, next_try=again)
        return _told(desk, notice, "pending", outcome.reason, again=again)


def _wait(tries: int) -> timedelta:
    """Return how long to wait after so many tries: 1, 2, 4 … minutes, at most two hours."""
    return min(_FIRST_WAIT * (1 << min(tries - 1, 10)), _LONGEST_WAIT)


def _lapsed(desk: TellingDesk, now: datetime) -> list[Told]:
    """Give up what was being sent when its sender died: nobody knows whether it has arrived."""
    if not desk.store.notices(most=1, state="sending"):
        return []  # mostly: nothing to write
    error = "its sender ended before it heard whether it had arrived"
    with desk.store.transaction() as store:
        lapsed = store.lapse_notices(before=desk.wall() - _GIVEN_UP)
        for notice in lapsed:
            _give_up(desk, store, notice, "unsure", error, now)
    return [_told(desk, notice, "unsure", error) for notice in lapsed]


def _given_up(
    desk: TellingDesk, notice: Notice, state: NoticeState, error: str, now: datetime
) -> Told:
    with desk.store.transaction() as store:
        _give_up(desk, store, notice, state, error, now)
    return _told(desk, notice, state, error)


def _give_up(
    desk: TellingDesk,
    store: Memory,
    notice: Notice,
    state: NoticeState,
    error: str,
    now: datetime,
) -> None:
    store.settle_notice(notice, state, error=error)
    event = notice.event
    if event.kind == "notifier":
        return  # whoever is told of a message about a message is told for ever
    label = _label(desk, notice.channel)
    was = "was not" if state == "failed" else "was perhaps not"
    store.note(
        Event(
            kind="notifier",
            at=now,
            week=event.week,
            key=f"notifier:{event.id}:{notice.channel}",
            cause=f"{label} {was} told of {_named(event)}: {error}",
            details={
                "channel": label,
                "state": state,
                "error": error,
                "kind": event.kind,
                "week": event.week,
            },
        ),
        channels=_instead_of(notice.channel, desk, store),
    )


def _instead_of(failed: str, desk: TellingDesk, store: Memory) -> list[str]:
    """Return the channels on which it is told that one has *failed*."""
    asked = [one for one in desk.channels("notifier") if one != failed]
    others = [one for one in desk.wires if one != failed]
    failing = _failing(store)
    # A failure is not to be silent because nobody asked for it, or nobody who could be told.
    for choice in (asked, others):
        if well := [one for one in choice if one not in failing]:
            return well
    # Nor because the network is away for a day: one message waits for it, and not one on each.
    return (asked or others)[:1]


def _failing(store: Memory) -> set[str]:
    """Return the channels on which the last event that was tried to be told did not arrive."""
    arrived: dict[str, bool] = {}
    for notice in store.notices(most=_MOST):
        if notice.state in ("sent", "failed", "unsure") or (
            notice.state == "pending" and notice.error
        ):
            arrived.setdefault(notice.channel, notice.state == "sent")
    return {channel for channel, has in arrived.items() if not has}


def _told(
    desk: TellingDesk,
    notice: Notice,
    state: NoticeState,
    error: str = "",
    *,
    again: datetime | None = None,
) -> Told:
    """Return what became of *notice*, and log it."""
    event, label = notice.event, _label(desk, notice.channel)
    about = "kind=%s week=%s channel=%s"
    values = (event.kind, event.week, label)
    match state:
        case "sent":
            said = "told"
            _log.info(f"notice sent {about}", *values)
        case "pending":
            said = f"not told yet ({error}), tried again {again:%Y-%m-%d %H:%M} UTC"
            _log.warning(f"notice not sent, tried again {about} next=%s: %s", *values, again, error)
        case _:
            said = f"{'not told' if state == 'failed' else 'perhaps not told'} ({error})"
            _log.error(f"notice given up {about} state=%s: %s", *values, state, error)
    return Told(
        channel=notice.channel,
        kind=event.kind,
        week=event.week,
        state=state,
        text=f"{label} {said}: {_named(event)}",
        error=error,
    )


def _label(desk: TellingDesk, channel: str) -> str:
    wire = desk.wires.get(channel)
    return wire.label if wire else channel


def _named(event: Event) -> str:
    return f"{event.kind} {event.week}" if event.week else event.kind
