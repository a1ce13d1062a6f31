"""An event and all that is known of it, in the pieces that notes are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from newsletter.model import Event
from newsletter.notify.details import Details, cut
from newsletter.notify.note import Listing, Note, Paper

_PROBLEMS = 10  # the check report has them all
_WARNINGS = 5
_DOES: Mapping[str, str] = MappingProxyType(
    {
        "approve": "let it be published",
        "hold": "keep it back until you approve it",
        "skip": "leave it out: its articles go into the next issue",
        "preview": "look at it in the browser",
        "history": "what happened, when and why",
        "show": "read it in the terminal",
        "build-issue --week": "build it by hand",
        "publish": "publish what was built by hand",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """An event and what is known of it."""

    event: Event
    found: Details
    paper: Paper

    @property
    def week(self) -> str:
        """Return the week's id, to begin a sentence with."""
        return cut(self.event.week or "", 20) or "The issue"

    @property
    def due(self) -> datetime | None:
        """Return the instant of publication in the newsletter's time zone."""
        return self.found.moment("instant")

    @property
    def issue(self) -> str:
        """Return "12 stories", after the issue's title where it has one of its own."""
        title, stories = self.found.text("title"), self.found.count("stories")
        parts = [f"“{title}”"] if title and title != self.paper.title else []
        parts += [counted(stories, "story", "stories")] if stories is not None else []
        return ", ".join(parts)

    @property
    def stories(self) -> Listing | None:
        """Return the headlines, None where none is known."""
        headlines = self.found.texts("headlines")
        if not headlines:
            return None
        more = max(0, (self.found.count("stories") or 0) - len(headlines))
        return Listing(title="Stories", items=headlines, is_numbered=True, more=more)

    @property
    def wrong(self) -> Listing | None:
        """Return problems and what the check found; None where nothing is known."""
        problems, errors = self.found.texts("problems"), self.found.count("errors") or 0
        # Mostly they stand among the problems, one by one.
        told = f"The check found {counted(errors, 'error', 'errors')}: it says where and why"
        items = problems[:_PROBLEMS] or ((told,) if errors else ())
        more = max(0, len(problems) - _PROBLEMS)
        return Listing(title="What is wrong", items=items, more=more) if items else None

    @property
    def look(self) -> Listing | None:
        """Return the warnings, None where none is known."""
        warnings = self.found.texts("warnings")
        more = max(0, len(warnings) - _WARNINGS)
        items = warnings[:_WARNINGS]
        return Listing(title="Worth a look", items=items, more=more) if items else None

    def places(self, *, is_out: bool = False) -> tuple[tuple[str, str], ...]:
        """Return where to look at the issue; one that *is_out* needs no preview."""
        found = self.found
        preview = f"{self.paper.preview}/issues/{self.week}"
        places = {
            "On the web": found.place("url"),
            "Page": found.place("page"),
            "Check report": found.place("check"),
            "Folder": found.place("folder") if not found.place("page") else "",
            "Preview (while newsletter preview runs)": ""
            if is_out or not (self.event.week and self.paper.preview)
            else preview,
        }
        return tuple((name, place) for name, place in places.items() if place)

    def commands(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Return the commands of *names* ("approve", …) for the week, each with what it does."""
        if not self.event.week:
            return ()
        return tuple((f"newsletter {name} {self.week}", _DOES[name]) for name in names)

    def note(self, subject: str, *says: str, **more: object) -> Note:
        """Return a note of the event that says so, without the sentences that are empty."""
        event = self.event
        key = f"{event.id}-{event.kind}-{event.at:%Y%m%dT%H%M%S}-{event.week}-{self.paper.title}"
        digest = sha256(key.encode("utf-8", "replace")).hexdigest()[:16]
        note = Note(
            kind=event.kind,
            key=f"{event.kind}-{event.id}-{digest}",
            at=event.at,
            newsletter=cut(self.paper.title, 200),
            subject=subject,
            says=tuple(one for one in says if one),
            week=event.week,
            workspace=cut(self.paper.workspace, 1_000),
        )
        return replace(note, **more)  # type: ignore[arg-type]  # the fields of Note, by name


def counted(count: int, one: str, many: str) -> str:
    """Return "1 story", "2 stories"."""
    return f"{count:,} {one if count == 1 else many}"
