"""Puts real things behind the desk that the preview shows issues from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, cast

from newsletter import wiring
from newsletter.cli.assembly_editor import editor_desk
from newsletter.config import Configuration, load
from newsletter.errors import DeliveryError, IssueError
from newsletter.issue import load as load_issue
from newsletter.issue.editing import version
from newsletter.model import Edit, Edition, Issue, Status
from newsletter.pipeline.handmade import changed, written
from newsletter.pipeline.standing import standing
from newsletter.ports import Output
from newsletter.preview.desk import Desk, FeedRow, IssueRow, Shown
from newsletter.workspace import read_templates, template_folders

# What shows an issue, composes one or asks the store is loaded when it is first wanted: the address
# is there at once.
if TYPE_CHECKING:
    from newsletter.pipeline.health import Health
    from newsletter.render.appearance import Show
    from newsletter.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """An issue that was composed for the preview alone, with the edits of that version."""

    issue: Issue
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What the preview's desk works on; feeds.yaml is read anew for each question.

    Issues that were rehearsed are kept in `rehearsed` by id, and nowhere else.
    """

    config: Path
    output: Path | None
    now: Callable[[], datetime]
    rehearsed: dict[str, Rehearsed] = field(default_factory=dict)

    def title(self) -> str:
        """Return the newsletter's title."""
        return load(self.config).settings.title

    def zone(self) -> str:
        """Return the newsletter's time zone."""
        return load(self.config).settings.timezone

    def site(self) -> Path | None:
        """Return the folder of the written archive, None where there is none."""
        root = wiring.output_folder(load(self.config), self.output).root
        return root if (root / "index.html").is_file() else None

    def issues(self) -> Sequence[IssueRow]:
        """Return what there is to see, the latest first."""
        from newsletter.render.mail import size

        folder = wiring.output_folder(load(self.config), self.output)
        found = dict(_written(folder))
        rows = {
            id_: _row(issue, size(mail.decode("utf-8", "replace")))
            for id_, (issue, mail) in found.items()
        }
        for id_, one in self.rehearsed.items():
            if id_ not in found or _is_older(found[id_][0], one.issue):
                rows[id_] = replace(_row(one.issue, None), is_written=False)
        return [rows[id_] for id_ in sorted(rows, reverse=True)]

    def shown(self, issue_id: str, theme: str | None) -> Shown:
        """Return an issue with its edition and its report, as feeds.yaml and templates are now.

        Raises:
            NewsletterError: it cannot be shown; says why.
        """
        from newsletter.cli.assembly_press import press_of
        from newsletter.pipeline.press import inspected, judged
        from newsletter.render import render

        configuration = load(self.config)
        with wiring.store(configuration) as store:
            press = press_of(configuration, store, self.now(), output=self.output)
            issue = self._issue(issue_id, configuration, store, press.output)
            if theme:
                issue = replace(issue, layout=replace(issue.layout, theme=theme))
            edition = render(issue, press.templates)
            report = inspected(issue, edition, press.known(issue))
            there = press.output.read_issue(issue_id)
        return Shown(
            issue=judged(issue, report),
            edition=edition,
            report=report,
            headers=tuple(_headers(edition)),
            is_written=all(there.get(name) == text for name, text in edition.files.items()),
        )

    def rebuilt(self) -> str:
        """Compose the coming issue in memory and return its id.

        Raises:
            NewsletterError: it cannot be composed; says why.
        """
        from newsletter.cli.assembly_build import brief_of
        from newsletter.cli.assembly_sources import kept_sources
        from newsletter.pipeline.rehearse import rehearse
        from newsletter.pipeline.window import window_of

        configuration, now = load(self.config), self.now()
        with wiring.store(configuration) as store:
            sources = kept_sources(configuration, store)
            window = window_of(None, configuration.settings.weekly, now, store)
            edits = store.edits(window.id)
            issue = rehearse(window, brief_of(configuration), now, sources, edits)
        self.rehearsed[issue.id] = Rehearsed(issue=issue, version=version(edits))
        return issue.id

    def feeds(self) -> Sequence[FeedRow]:
        """Return how the feeds are."""
        from newsletter.cli.assembly import feeds_health

        configuration = load(self.config)
        with wiring.store(configuration) as store:
            return [_feed(one) for one in feeds_health(configuration, store, self.now())]

    def test_send(self, issue_id: str, address: str) -> str:
        """Hand the message of an issue to the mail server for one reader; return what it said.

        It is the message that lies in the output folder, if there is one.

        Raises:
            NewsletterError: it cannot be shown, or not be sent; says why.
        """
        from newsletter.deliver.smtp import send

        configuration = load(self.config)
        server = wiring.mail_server(configuration)
        there = wiring.output_folder(configuration, self.output).read_issue(issue_id)
        message = there.get("issue.eml") or self.shown(issue_id, None).edition.files["issue.eml"]
        (receipt,) = send(message, [address], server, issue=issue_id)
        said = f": {receipt.detail}" if receipt.detail else ""
        if receipt.outcome != "accepted":
            raise DeliveryError(f"{receipt.recipient}: {receipt.outcome}{said}")
        return f"{server.place} took {issue_id} for {receipt.recipient}{said}"

    def themes(self) -> Sequence[str]:
        """Return the names of the themes that there are."""
        from newsletter.render.themes import themes_in

        return themes_in(read_templates(load(self.config).workspace))

    def _issue(
        self, issue_id: str, configuration: Configuration, store: "Store", output: Output
    ) -> Issue:
        """Return an issue as it stands or as it was rehearsed since, dressed as feeds.yaml is now.

        What is published, or was changed by hand, stays as it is. What was edited since it was
        rehearsed is shown as it stands: the edits are in there.
        """
        edits, rehearsed = store.edits(issue_id), self.rehearsed.get(issue_id)
        try:
            issue = standing(issue_id, store, output).issue
        except IssueError:
            if rehearsed is None:
                raise
            return _dressed(rehearsed.issue, configuration, edits)
        if rehearsed and _is_older(issue, rehearsed.issue) and rehearsed.version == version(edits):
            return _dressed(rehearsed.issue, configuration, edits)
        built, text = store.built(issue_id), written(issue_id, output)
        by_hand = built and text and changed(built, text)
        if issue.status == Status.PUBLISHED or by_hand:
            return issue
        return _dressed(issue, configuration, edits)


def desk_of(config: Path, output: Path | None, now: Callable[[], datetime]) -> Desk:
    """Return the desk of the workspace whose feeds.yaml is at *config*.

    Raises:
        ConfigError: it cannot be read as it is now.
    """
    configuration = load(config)
    bench = Bench(config=config, output=output, now=now)
    return Desk(
        title=bench.title,
        issues=bench.issues,
        shown=bench.shown,
        as_seen=_as_seen,
        feeds=bench.feeds,
        themes=bench.themes,
        rebuilt=bench.rebuilt,
        test_send=bench.test_send if configuration.settings.smtp else None,
        watched=(
            config,
            *template_folders(configuration.workspace),
            wiring.output_folder(configuration, output).root,
        ),
        now=now,
        zone=bench.zone,
        site=bench.site,
        editor=editor_desk(config, output, now),
    )


def _as_seen(html: str, show: str) -> str:
    from newsletter.render.appearance import as_seen

    return as_seen(html, cast("Show", show))  # it offers no other


def _written(folder: Output) -> Iterator[tuple[str, tuple[Issue, bytes]]]:
    for name, text in folder.issues():
        try:
            issue = load_issue(text, name)
        except IssueError:
            continue  # it says why when it is opened
        yield issue.id, (issue, folder.read_issue(issue.id).get("email.html", b""))


def _is_older(issue: Issue, other: Issue) -> bool:
    return issue.status != Status.PUBLISHED and issue.generated_at < other.generated_at


def _dressed(issue: Issue, configuration: Configuration, edits: Sequence[Edit]) -> Issue:
    from newsletter.issue.compose import problems_of

    settings = configuration.settings
    by_hand = {edit.kind for edit in edits if edit.reverted_at is None}
    return replace(
        issue,
        masthead=configuration.masthead,
        problems=problems_of(configuration.masthead),
        layout=configuration.layout,
        intro=issue.intro if "intro" in by_hand else settings.intro,
        closing=issue.closing if "closing" in by_hand else settings.closing,
        sponsor=issue.sponsor if "sponsor" in by_hand else configuration.sponsor,
    )


def _row(issue: Issue, size: int | None) -> IssueRow:
    return IssueRow(
        id=issue.id,
        headline=issue.stories[0].headline if issue.stories else "",
        status=issue.status,
        publishes_at=issue.publishes_at,
        stories=len(issue.stories),
        problems=issue.problems,
        warnings=issue.warnings,
        bytes=size,
    )


def _headers(edition: Edition) -> Iterator[tuple[str, str]]:
    for name, value in message_from_bytes(edition.files["issue.eml"], policy=default).items():
        yield name, str(value)


def _feed(one: "Health") -> FeedRow:
    age = one.median_age
    return FeedRow(
        name=one.feed.name or "",
        url=one.feed.url,
        section=one.feed.section,
        status=one.status,
        note=one.note,
        last_success=one.last_success,
        failures=one.failures,
        articles_a_week=one.articles_a_week,
        median_age_days=None if age is None else age / timedelta(days=1),
        next_try=one.next_try,
        wants_eye=one.wants_eye,
    )
