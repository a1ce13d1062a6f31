"""Puts real things behind the doors of the weekly run."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter import wiring
from newsletter.config import Configuration
from newsletter.errors import IssueError
from newsletter.issue import load
from newsletter.model import Claim, EventKind
from newsletter.pipeline.adopting import adopt_published
from newsletter.pipeline.ailing import ailing
from newsletter.pipeline.announcing import Made, made_of
from newsletter.pipeline.due import Timing
from newsletter.pipeline.handmade import as_it_stands
from newsletter.pipeline.health import RHYTHM_SPAN, health
from newsletter.pipeline.pruning import prune
from newsletter.pipeline.rundesk import Begin, Brought, RunDesk
from newsletter.ports import RunStore
from newsletter.store import Store
from newsletter.text.urls import shown_url

if TYPE_CHECKING:
    from newsletter.pipeline.gather import Gathering

LEASE_S = 15.0  # without a sign of life for so long a claim may be taken over


def run_desk(
    configuration: Configuration,
    store: Store,
    *,
    owner: str,
    keeping: Callable[[Claim], AbstractContextManager[None]],
    wall: Callable[[], datetime],
    channels: Callable[[EventKind], tuple[str, ...]],
    lease_s: float = LEASE_S,
    offline: bool = False,
    output: Path | None = None,
    whole: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> RunDesk:
    """Return the desk of the weekly run of a workspace.

    *keeping* gives signs of life of a claim while its block lasts; *whole* is put around what must
    not be cut short by a signal. *offline* leaves the network alone.
    """
    settings = configuration.settings
    folder = wiring.output_folder(configuration, output)
    work = _Work(configuration, store, offline=offline, output=output)
    return RunDesk(
        store=store,
        timing=timing_of(configuration),
        unless_approved=(
            settings.schedule.review.unless_approved if settings.schedule.review else "hold"
        ),
        min_stories=settings.issue.min_stories,
        owner=owner,
        lease_s=lease_s,
        wall=wall,
        keeping=keeping,
        channels=channels,
        adopt=partial(
            adopt_published,
            store,
            folder,
            settings.weekly,
            common_words=wiring.common_words,
            min_stories=settings.issue.min_stories,
            is_reviewed=settings.schedule.review is not None,
        ),
        gather=work.gather,
        build=work.build,
        stands=work.stands,
        publish=work.publish,
        prune=partial(
            prune,
            store,
            articles=settings.keep.articles,
            issues=settings.keep.issues,
            max_age=settings.issue.max_age,
        ),
        whole=whole,
    )


def timing_of(configuration: Configuration) -> Timing:
    """Return when the jobs of a workspace are due."""
    wanted = configuration.settings.schedule
    return Timing(
        schedule=configuration.settings.weekly,
        gather=wanted.gather,
        catch_up=wanted.catch_up,
        window=wanted.review.window if wanted.review else None,
    )


class _Work:
    """What the run asks to be done, as the commands of the same names do it."""

    def __init__(
        self, configuration: Configuration, store: Store, *, offline: bool, output: Path | None
    ) -> None:
        self._configuration = configuration
        self._store = store
        self._offline = offline
        self._output = output

    def gather(self, now: datetime) -> Brought:
        """Ask every feed, read every seed; tell what came of it and which feeds want an eye."""
        from newsletter.pipeline.gather import gather

        configuration, store = self._configuration, self._store
        doors = self._gathering(now)
        found = gather(configuration.feeds, configuration.seed_folders, doors)
        visits, rhythms = store.visits(), store.rhythms(now - RHYTHM_SPAN)
        return Brought(
            new=found.new,
            asked=sum(row.status != "skipped" for row in found.feeds),
            failed=sum(row.status == "failed" for row in found.feeds),
            failing=tuple(
                row.feed.name or shown_url(row.feed.url)
                for row in found.feeds
                if row.status == "failed"
            ),
            ailing=ailing(health(configuration.feeds, visits, rhythms, now), visits, rhythms),
        )

    def build(self, week: str, now: datetime, begin: Begin) -> None:
        """Gather and build *week*, late or not; print and save it within what *begin* begins."""
        from newsletter.cli.assembly_build import building
        from newsletter.pipeline.build import build
        from newsletter.pipeline.window import window_of

        configuration, store = self._configuration, self._store
        doors = self._gathering(now)
        settled = building(
            configuration,
            store,
            doors,
            week=week,
            output=self._output,
            discard=False,
            announce=lambda stage: None,
        )
        weekly = configuration.settings.weekly
        window = window_of(week, weekly, now, store, make_up=True)
        build(replace(settled, window=window, begin=begin), lambda gathered: None)

    def _gathering(self, now: datetime) -> "Gathering":
        from newsletter.cli.assembly import gathering

        return gathering(
            self._configuration,
            self._store,
            wiring.workers(),
            now,
            offline=self._offline,
            retry=False,
            progress=lambda done, of: None,
        )

    def stands(self, week: str, store: RunStore) -> Made | None:
        """Return the issue of *week* as it would go out now, None if there is none to be read."""
        built = store.built(week)
        if built is None:
            return None
        output = wiring.output_folder(self._configuration, self._output)
        try:
            issue, changes = as_it_stands(built, output)
            return made_of(issue, output.root / week, is_changed=bool(changes))
        except IssueError:
            # Publishing it will say what is wrong with what a person wrote; nothing may build over
            # it. What only an older version could read is built again.
            try:
                return made_of(load(built.content), output.root / week, is_changed=True)
            except IssueError:
                return None

    def publish(self, week: str, store: RunStore, now: datetime) -> Made:
        """Publish *week* as part of the transaction of *store*."""
        from newsletter.cli.assembly_press import press_of
        from newsletter.pipeline.publish import Memory, publish

        press = press_of(self._configuration, self._store, now, output=self._output)
        press = replace(press, issues=store)
        memory = Memory(articles=store, words=store, common_words=wiring.common_words)
        out = publish(week, store, press, memory, now=now)
        return made_of(out.issue, out.folder, is_changed=bool(out.changes))
