"""A desk with behaviour: issues whose mail is made from a template file that a test may edit."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from issues import week

from newsletter.errors import DeliveryError, IssueError, TemplateError
from newsletter.model import (
    Bytes,
    CheckReport,
    ClientSupport,
    Edition,
    Finding,
    Issue,
    Place,
    Status,
    StoryBytes,
    Support,
    Unsupported,
)
from newsletter.preview import Desk, FeedRow, IssueRow, Server, Shown
from newsletter.preview.login import Access

NOW = datetime(2026, 11, 21, 16, 48, tzinfo=UTC)
_PAST = (
    ("Meridian names a record budget for its data halls", 39_800),
    ("Sodium cells arrive in Lowmere", 37_200),
    ("Ports weigh a night without drivers", 93_600),
    ("The year’s quiet inventions", 31_000),
    ("Island grid plans a winter on wind", 40_400),
    ("Court takes up tenant scores", 41_900),
)
TEMPLATE = "<p>Read the {word} week.</p>"
WEEK = "2026-W47"
_SHADES = {"light": ("#ffffff", "#10151c"), "dark": ("#141920", "#e8ecf1")}


def report(issue: Issue, **changes: Any) -> CheckReport:
    """Return what a check found in *issue*: one error, two warnings, some that passed."""
    stories = issue.stories
    sizes = tuple(
        StoryBytes(id=one.id, headline=one.headline, shown="full", bytes=4100 - 190 * place)
        for place, one in enumerate(stories)
    )
    findings = (
        Finding(
            rule="unsubscribe", group="law", verdict="error", title="There is a way to unsubscribe",
            detail="Neither HTML nor text has one.",
            places=(Place(file="email.html", line=12, text="footer"),),
            way_out="Write sender.unsubscribe in feeds.yaml.",
        ),
        Finding(
            rule="headline-length", group="reading", verdict="warning",
            title="Headlines fit a phone", detail="One takes four lines at 320 px.",
            places=(Place(file="email.html", line=9, text=stories[0].headline if stories else "",
                          story_id=stories[0].id if stories else ""),),
        ),
        Finding(
            rule="text-width", group="text", verdict="warning", title="Lines are short",
            detail="Line 3 has 80 characters.", places=(Place(file="issue.txt", line=3),),
        ),
        *(
            Finding(rule=f"rule-{name}", group="mail", verdict="passed", title=name, detail=detail)
            for name, detail in (
                ("Contrast", "94 texts in light, 94 in dark, lowest 5.9 to 1"),
                ("Reads without images and without styles", ""),
                ("Every story names its sources", "37 links, none twice"),
                ("Postal address, plain text part", ""),
            )
        ),
    )  # fmt: skip
    clients = ("Gmail", "Apple Mail", "Outlook classic", "Yahoo", "Thunderbird")
    fields: dict[str, Any] = {
        "issue": issue.id,
        "findings": findings,
        "bytes": Bytes(
            total=42_300, limit=102_400, raw=42_300, quoted_printable=41_900,
            text=21_400, inline_styles=17_600, head=3_300, stories=sizes,
        ),
        "support": Support(
            pairs=1040, share=0.987, core=0.996, data_date="2026-10-01",
            clients=tuple(
                ClientSupport(name=name, share=0.98, core=1 - place / 100)
                for place, name in enumerate(clients)
            ),
            unsupported=(
                Unsupported(feature="border-radius", is_core=False, clients=("Outlook classic",)),
            ),
        ),
    }  # fmt: skip
    return CheckReport(**fields | changes)


def page(title: str, body: str) -> str:
    """Return an HTML page that is long enough to scroll."""
    lines = "".join(f'<p id="line{number}">Line {number} of the week.</p>' for number in range(80))
    links = '<p><a href="https://ledger.example/1">The Ledger</a></p>'
    style = "<style>body { background: #ffffff; color: #10151c }</style>"
    return (
        f'<!doctype html>\n<html lang="en"><head><title>{title}</title>{style}</head>\n'
        f"<body><h1>{title}</h1>\n{body}\n{links}\n{lines}</body></html>\n"
    )


@dataclass
class FakeDesk:
    """A workspace with one template, in which two issues were built."""

    folder: Path
    issue: Issue = field(
        default_factory=lambda: week(status=Status.DRAFT, generated_at=NOW - timedelta(minutes=36))
    )
    check: CheckReport | None = None
    word: str = "good"
    hostile: str = ""
    made: list[str] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    building: threading.Event = field(default_factory=threading.Event)
    has_smtp: bool = True
    site: Path | None = None
    feed_rows: Sequence[FeedRow] | None = None
    issue_rows: Sequence[IssueRow] | None = None

    def __post_init__(self) -> None:
        self.building.set()
        (self.folder / "templates").mkdir(parents=True)
        self.template.write_text(TEMPLATE)

    @property
    def template(self) -> Path:
        return self.folder / "templates" / "email.html"

    def shown(self, issue: str, theme: str | None) -> Shown:
        self.made.append(f"{issue} {theme}")
        if issue != self.issue.id:
            raise IssueError(f"{issue}: has not been built; newsletter build-issue")
        text = self.template.read_text()
        if "{word}" not in text:
            raise TemplateError("templates/email.html:1: 'wird' is undefined; did you mean 'word'?")
        body = text.replace("{word}", self.word) + self.hostile
        html = page(f"Tideline {theme or 'modern'}", body)
        files = {
            "index.html": page("Tideline on the web", body).encode(),
            "email.html": html.encode(),
            "issue.txt": b"TIDELINE\n\nRead the good week.\n",
            "issue.md": b"---\ntitle: Tideline\n---\n\n# Tideline\n",
            "issue.eml": b"Subject: Tideline\r\n\r\n",
        }
        return Shown(
            issue=replace(self.issue, layout=replace(self.issue.layout, theme=theme or "modern")),
            edition=Edition(files=files),
            report=self.check or report(self.issue),
            headers=(
                ("Subject", "Tideline: cranes at night"),
                ("From", "Tideline <post@tide.example>"),
            ),
        )

    def as_seen(self, html: str, show: str) -> str:
        ground, ink = _SHADES["dark" if "dark" in show else "light"]
        told = html.replace("#ffffff", ground).replace("#10151c", ink)
        return told.replace("<h1>", f'<h1 data-show="{show}">')

    def issues(self) -> Sequence[IssueRow]:
        if self.issue_rows is not None:
            return self.issue_rows
        first = self.issue.stories[0].headline if self.issue.stories else ""
        coming = IssueRow(
            id=self.issue.id, headline=first, status=self.issue.status,
            publishes_at=self.issue.publishes_at, stories=len(self.issue.stories),
            problems=("no sender.unsubscribe: write it in feeds.yaml",),
            warnings=("one feed failed",), bytes=42_300,
        )  # fmt: skip
        past = [
            IssueRow(
                id=f"2026-W{46 - place}", headline=head, status=Status.PUBLISHED,
                publishes_at=self.issue.publishes_at - timedelta(weeks=place + 1),
                stories=12 - place, bytes=size,
                warnings=("close to the clip",) if size > 90_000 else (),
            )
            for place, (head, size) in enumerate(_PAST)
        ]  # fmt: skip
        return (coming, *past)

    def feeds(self) -> Sequence[FeedRow]:
        if self.feed_rows is not None:
            return self.feed_rows
        well = (
            ("The Ledger", "Technology", 31.0), ("Circuit Review", "Technology", 18.0),
            ("Grid & Current", "Energy", 12.0), ("Open Bench", "Science", 9.0),
            ("Coast Monitor", "Energy", 10.0), ("Lowland Times", "Cities", 38.0),
        )  # fmt: skip
        return (
            *(
                FeedRow(
                    name=name, url=f"https://feed{place}.example/", section=section,
                    status="ok", last_success=NOW - timedelta(hours=place), articles_a_week=a_week,
                    median_age_days=1.5, next_try=NOW + timedelta(hours=6),
                )
                for place, (name, section, a_week) in enumerate(well)
            ),
            FeedRow(
                name="Ponder Weekly", url="https://ponder.example/feed", section="Science",
                status="failing", note="name not found", last_success=NOW - timedelta(days=12),
                failures=12, articles_a_week=0.5, wants_eye=True,
            ),
            FeedRow(
                name="Quayside Bulletin", url="https://quay.example/feed", section="Cities",
                status="silent", note="nothing new for 40 days; an article a day before that",
                last_success=NOW - timedelta(hours=1), articles_a_week=0.1, wants_eye=True,
            ),
            FeedRow(name="New Voice", url="https://new.example/", section="Cities", status="new"),
        )  # fmt: skip

    def rebuilt(self) -> str:
        self.building.wait(60)
        self.word = "rebuilt"
        return self.issue.id

    def send(self, issue: str, address: str) -> str:
        if address.startswith("refused"):
            raise DeliveryError(f"{address}: the server refused it: no such mailbox")
        self.sent.append((issue, address))
        return f"{issue} was taken by mail.example.org for {address}"

    def desk(self) -> Desk:
        return Desk(
            title=lambda: "Tideline",
            issues=self.issues,
            shown=self.shown,
            as_seen=self.as_seen,
            feeds=self.feeds,
            themes=lambda: ("broadsheet", "modern", "briefing"),
            rebuilt=self.rebuilt,
            test_send=self.send if self.has_smtp else None,
            watched=(self.folder / "templates", self.folder / "feeds.yaml"),
            now=lambda: NOW,
            zone=lambda: "Europe/Berlin",
            site=lambda: self.site,
        )


@contextmanager
def previewing(fake: FakeDesk) -> Iterator[str]:
    """Serve the preview of *fake* on a free port while the block lasts; give its URL."""
    with served(fake) as server:
        yield server.url


@contextmanager
def served(fake: FakeDesk, *, access: Access | None = None) -> Iterator[Server]:
    """Serve the preview of *fake* on a free port while the block lasts; give its server."""
    server = Server(fake.desk(), host="127.0.0.1", port=0, access=access)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(60)
    assert not thread.is_alive()
