"""Puts the real machine behind what the doctor checks."""

import getpass
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter import __version__, wiring
from newsletter.cli import probing
from newsletter.cli.telling import counted
from newsletter.config import Configuration, load
from newsletter.errors import (
    BrowserError,
    ConfigError,
    FetchError,
    NewsletterError,
    OutputError,
    StoreError,
)
from newsletter.pipeline import doctor, doctor_settings, doctor_times
from newsletter.pipeline.doctor import Check, Finding

if TYPE_CHECKING:
    from newsletter.model import Notice, NoticeState, Run
    from newsletter.pipeline.doctor_database import Database
    from newsletter.pipeline.health import Health

_MOST_RUNS = 50
_MOST_LOST = 20
_LOST: "tuple[NoticeState, ...]" = ("failed", "unsure")
_ASKED_FOR_TIME = 3  # feeds, until one says what time it is
_SMTP_S = 10.0  # an editor waits for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the store says of the weekly run."""

    health: "tuple[Health, ...]"
    runs: "tuple[Run, ...]"
    lost: "tuple[Notice, ...]"


class Examination:
    """One look at a workspace: what several checks need is read once, and only when wanted."""

    def __init__(
        self,
        config: Path,
        *,
        now: datetime,
        wall: Callable[[], datetime],
        offline: bool,
        environment: Mapping[str, str],
    ) -> None:
        self._path = config
        self._now = now
        self._wall = wall
        self._offline = offline
        self._environment = environment

    def checks(self) -> Iterator[Check]:
        """Yield every check there is; without a configuration, those that need none."""
        yield "program", self._program
        yield "configuration", self._read
        if self._configuration is None:
            yield "clock", lambda: doctor_times.clock(self._now, ())
            yield "templates", lambda: self._templates(self._path.resolve().parent, None)
            yield "browser", self._browser
            return
        found = self._configuration
        yield "database", self._database
        yield "disk", lambda: self._disks(found)
        yield "rights", lambda: self._rights(found)
        yield "clock", lambda: self._clock(found)
        yield "time zone", lambda: self._zone(found)
        yield "schedule", lambda: self._schedule(found)
        yield "weekly run", lambda: self._runs(found)
        yield "feeds", self._feeds
        yield "templates", lambda: self._templates(found.workspace, found.settings.theme)
        yield "base URL", lambda: doctor.masthead(found.masthead)
        yield "smtp", lambda: self._smtp(found)
        yield "notifiers", lambda: self._notifiers(found)
        yield "extras", lambda: self._extras(found)
        yield "browser", self._browser

    @cached_property
    def _configuration(self) -> Configuration | None:
        try:
            return load(self._path)
        except NewsletterError:
            return None  # `_read` tells

    @cached_property
    def _looked_at(self) -> "Database | None":
        from newsletter.cli.probing_database import look_at

        found = self._configuration
        try:
            return look_at(found.database_url) if found else None
        except StoreError:
            return None  # `_database` tells

    @cached_property
    def _remembered(self) -> Remembered | None:
        found = self._configuration
        if found is None or not (self._looked_at and self._looked_at.is_current):
            return None
        from newsletter.cli.assembly import feeds_health

        with wiring.store(found) as store:
            lost = [
                notice for state in _LOST for notice in store.notices(most=_MOST_LOST, state=state)
            ]
            return Remembered(
                health=feeds_health(found, store, self._now),
                runs=store.runs(_MOST_RUNS),
                lost=tuple(sorted(lost, key=lambda one: one.event.at, reverse=True)),
            )

    def _program(self) -> Iterator[Finding]:
        text = f"newsletter {__version__}, Python {platform.python_version()}, user {_user()}"
        yield Finding(check="program", verdict="ok", text=text)

    def _read(self) -> Iterator[Finding]:
        try:
            found = load(self._path)
        except ConfigError as error:
            yield from doctor.told("configuration", error)
            text = "most checks need it and were left out"
            remedy = "mend it, then run newsletter doctor again"
            yield Finding(check="configuration", verdict="warning", text=text, remedy=remedy)
            return
        enabled = sum(feed.enabled for feed in found.feeds)
        feeds, seeds = counted(enabled, "feed"), counted(len(found.seed_folders), "seed folder")
        text = f"{self._path}: {feeds}, {seeds}"
        yield Finding(check="configuration", verdict="ok", text=text)

    def _database(self) -> Iterator[Finding]:
        from newsletter.cli.probing_database import look_at
        from newsletter.pipeline.doctor_database import database

        found = self._looked_at
        if found is None and self._configuration:
            found = look_at(self._configuration.database_url)  # and raises, with the reason
        if found is not None:
            yield from database(found)

    def _disks(self, found: Configuration) -> Iterator[Finding]:
        file = _database_file(found)
        for place, free in probing.disks([found.output, *([file] if file else [])]):
            yield doctor.space("disk", place, free)

    def _rights(self, found: Configuration) -> Iterator[Finding]:
        file = _database_file(found)
        for folder in [found.output, *([file.parent] if file else [])]:
            try:
                probing.check_writable(folder)
            except OutputError as error:
                yield from doctor.told("rights", error)
            else:
                yield Finding(check="rights", verdict="ok", text=f"{folder} can be written")
        for seeds in found.seed_folders:
            for fault in probing.unreadable(found.workspace / seeds.path):
                remedy = "make it, give the right to read it, or change seeds: in feeds.yaml"
                yield Finding(check="rights", verdict="warning", text=fault, remedy=remedy)

    def _clock(self, found: Configuration) -> Iterator[Finding]:
        stamps = list(probing.stamps(found.output, _database_file(found)))
        runs = self._remembered.runs if self._remembered else ()
        stamps += [(f"the {run.job} of {run.period}", run.beat_at) for run in runs]
        yield from doctor_times.clock(self._now, stamps)
        urls = tuple(feed.url for feed in found.feeds if feed.enabled)[:_ASKED_FOR_TIME]
        if self._offline or not urls:
            return
        try:
            host, theirs = probing.web_time(urls, frozenset(found.settings.fetch.allow_private))
        except FetchError as error:
            text = f"no feed's server says what time it has: {error}"
            remedy = "is the network up? newsletter feeds check says more"
            yield Finding(check="clock", verdict="warning", text=text, remedy=remedy)
        else:
            yield doctor_times.offset(host, theirs, self._wall())

    def _zone(self, found: Configuration) -> Iterator[Finding]:
        name = found.settings.timezone
        yield from doctor_times.zone(name, probing.zone_data(name), self._now)

    def _schedule(self, found: Configuration) -> Iterator[Finding]:
        settings = found.settings
        review = settings.schedule.review
        yield from doctor_times.schedule(
            settings.weekly,
            self._now,
            gather=settings.schedule.gather,
            review=review.window if review else None,
            holds=bool(review and review.unless_approved == "hold"),
            is_told=any(not one.events or "draft" in one.events for one in settings.notify),
        )

    def _runs(self, found: Configuration) -> Iterator[Finding]:
        monitor = found.settings.monitor
        if monitor:
            try:
                said = probing.daemon_health(monitor.host, monitor.port)
                text = f"/healthz on port {monitor.port}: {said or 'answers'}"
                yield Finding(check="weekly run", verdict="ok", text=text)
            except OutputError as error:
                yield from doctor.told("weekly run", error, "warning")
            except StoreError as error:
                yield from doctor.told("weekly run", error)
        is_new = self._looked_at is not None and self._looked_at.schema is None
        if self._remembered or is_new:
            yield from doctor_times.runs(
                self._remembered.runs if self._remembered else (),
                gather=found.settings.schedule.gather,
                now=self._now,
                wall=self._wall(),
            )

    def _feeds(self) -> Iterator[Finding]:
        if self._remembered:
            yield from doctor.feeds(self._remembered.health)

    def _templates(self, workspace: Path, theme: str | None) -> Iterator[Finding]:
        from newsletter.render import check_templates
        from newsletter.workspace import read_templates

        templates = read_templates(workspace)
        check_templates(templates, theme)
        own = sum(f"package/{name}" in templates for name in templates)
        text = f"{len(templates)} files" + (f", {own} your own" if own else "")
        text = f"theme {theme}, {text}" if theme else text
        yield Finding(check="templates", verdict="ok", text=text)

    def _smtp(self, found: Configuration) -> Iterator[Finding]:
        if found.settings.smtp is None:
            text = "none is named: newsletter sends no mail"
            yield Finding(check="smtp", verdict="ok", text=text)
            return
        from newsletter.deliver.smtp import greet

        server = wiring.mail_server(found)  # raises where its password is not in the environment
        if self._offline:
            text = f"{server.place}: not asked (--offline)"
        else:
            greet(replace(server, timeout_s=min(server.timeout_s, _SMTP_S)))
            said = {"none": "answers", "starttls": "answers, and encrypts", "tls": "answers"}
            login = f" and lets {server.username} in" if server.username else ""
            text = f"{server.place} {said[server.security]}{login}"
        yield Finding(check="smtp", verdict="ok", text=text)

    def _notifiers(self, found: Configuration) -> Iterator[Finding]:
        def is_program(word: str) -> bool:
            if "/" in word:
                return shutil.which(str(found.workspace / word)) is not None
            return shutil.which(word, path=self._environment.get("PATH")) is not None

        yield from doctor_settings.notifiers(
            found.settings.notify, is_set=self._is_set, is_program=is_program
        )
        if self._remembered:
            yield from doctor.messages(self._remembered.lost, _label)

    def _extras(self, found: Configuration) -> Iterator[Finding]:
        folders = [found.workspace / seeds.path for seeds in found.seed_folders]
        kinds = {path.suffix.lower() for folder in folders for path in folder.rglob("*")}
        yield from doctor_settings.extras(
            found.settings,
            kinds,
            is_set=self._is_set,
            is_installed=lambda library: find_spec(library) is not None,
        )

    def _is_set(self, variable: str) -> bool:
        return bool(self._environment.get(variable))

    def _browser(self) -> Iterator[Finding]:
        from newsletter.browser import find_chromium

        try:
            found = find_chromium(self._environment)
        except BrowserError as error:
            yield from doctor.told("browser", error, "warning")
            return
        text = found or "none found; only newsletter screenshot wants one"
        if found and find_spec("playwright") is None:
            text += "; newsletter screenshot also wants pip install 'newsletter[screenshots]'"
        yield Finding(check="browser", verdict="ok", text=text)


def _database_file(found: Configuration) -> Path | None:
    from newsletter.cli.probing_database import file_of

    return file_of(found.database_url)


def _label(channel: str) -> str:
    kind, _, rest = channel.partition(":")
    return rest if kind == "email" else f"a {kind}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container the number may have no name
        return str(os.getuid())
