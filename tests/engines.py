"""Stores on both engines for tests, and values to put into them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsletter.model import Article, Built, Claim, Event, Job, Status
from newsletter.store import Store, open_store

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LEASE_S = 15.0
ENGINES = ("sqlite", "postgresql")

_EMPTY = pytest.StashKey[bytes]()


def url_on(engine: str, request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty store of this test's own."""
    if engine == "postgresql":
        found: str = request.getfixturevalue("emptied_postgres_url")
        return found
    path = request.getfixturevalue("tmp_path") / "newsletter.db"
    path.write_bytes(_empty(request))
    return f"sqlite:///{path}"


def _empty(request: pytest.FixtureRequest) -> bytes:
    """Return a database of SQLite without content: migrating each anew would take long."""
    stash = request.config.stash
    if _EMPTY not in stash:
        path = request.getfixturevalue("tmp_path_factory").mktemp("empty") / "newsletter.db"
        with open_store(f"sqlite:///{path}"):
            pass
        stash[_EMPTY] = path.read_bytes()
    return stash[_EMPTY]


def article(id_: str, **fields: Any) -> Article:
    given = {
        "keys": (f"guid {id_}",),
        "title": f"Rain over {id_}",
        "text": "It rained.",
        "source": "The Ledger",
        "first_seen": NOW,
        "origins": ("https://ledger.example/feed",),
    }
    return Article(id=id_, **{**given, **fields})


def issue(week: int, until: datetime = NOW, status: Status = Status.PUBLISHED) -> Built:
    return Built(
        id=f"2026-W{week}", status=status, since=None, until=until, content="{}", report="[]"
    )


def event(kind: Any = "draft", week: str | None = "2026-W47", **fields: Any) -> Event:
    return Event(kind=kind, week=week, **{"at": NOW, "cause": "it was time", **fields})


def claimed(
    store: Store,
    owner: str = "one",
    *,
    job: Job = "publish",
    period: str = "2026-W47",
    now: datetime = NOW,
    wall: datetime = NOW,
) -> Claim | None:
    """Return what comes of asking for a job."""
    return store.claim(job, period, owner=owner, now=now, beat_at=wall, lease_s=LEASE_S)


def sure(claim: Claim | None) -> Claim:
    """Return a claim that must have been had."""
    assert claim is not None
    return claim
