"""Puts real things behind the desk that the preview's editing page works at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter import wiring
from newsletter.config import Configuration, load
from newsletter.issue.wishes import told
from newsletter.model import WEEK_STATES, Edit, Edited, Event, Issue, Offered, Opened, Wish
from newsletter.preview.desk import EditorDesk, FoundRow

if TYPE_CHECKING:
    from newsletter.pipeline.editing import EditingDesk
    from newsletter.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """What editing in the browser works on; feeds.yaml is read anew for each question."""

    config: Path
    output: Path | None
    now: Callable[[], datetime]

    def opened(self, issue: str, by: str) -> Opened:
        """Return the issue as it lies before *by*."""
        from newsletter.pipeline import editing

        with self._desk(by) as desk:
            return editing.opened(issue, desk)

    def change(self, issue: str, wishes: Sequence[Wish], seen: int | None, by: str) -> Opened:
        """Do what *wishes* ask and return the issue as it lies then."""
        from newsletter.pipeline import editing

        with self._desk(by) as desk:
            return editing.change(issue, wishes, desk, seen=seen, amends=True).opened

    def undo(self, issue: str, by: str, seen: int | None, number: int | None) -> Opened:
        """Take back what *by* did last, if that is the edit of this *number*."""
        from newsletter.pipeline import editing

        with self._desk(by) as desk:
            return editing.undo(issue, desk, seen=seen, number=number).opened

    def redo(self, issue: str, by: str, seen: int | None, number: int | None) -> Opened:
        """Bring back what *by* took back last, if that is the edit of this *number*."""
        from newsletter.pipeline import editing

        with self._desk(by) as desk:
            return editing.redo(issue, desk, seen=seen, number=number).opened

    def revert(self, issue: str, number: int, by: str, seen: int | None) -> Opened:
        """Take back one edit, if it is as it was at the version *seen*."""
        from newsletter.pipeline import editing

        with self._desk(by) as desk:
            return editing.revert(issue, number, desk, seen=seen).opened

    def bring_back(self, issue: str, number: int, by: str, seen: int | None) -> Opened:
        """Bring back one edit that was taken back, if it is as it was at the version *seen*."""
        from newsletter.pipeline import editing

        with self._desk(by) as desk:
            return editing.bring_back(issue, number, desk, seen=seen).opened

    def offered(self, issue: str, story: str) -> Sequence[Offered]:
        """Return the sentences of a story's sources that could stand in its summary."""
        from newsletter.pipeline.offering import offered

        with wiring.store(load(self.config)) as store:
            return offered(issue, story, store)

    def reasons(self, issue: str, story: str) -> Mapping[str, object]:
        """Return why a story is one, as its build explained it."""
        from newsletter.pipeline.editing import reasons

        with wiring.store(load(self.config)) as store:
            return reasons(issue, story, store)

    def found(self, issue: str, words: str) -> Sequence[FoundRow]:
        """Return the stories of lower rank that hold *words*."""
        from newsletter.pipeline.looking import ranked_lower

        with wiring.store(load(self.config)) as store:
            return [
                FoundRow(
                    id=one.id,
                    headline=one.headline,
                    section=one.section,
                    outlets=one.outlets,
                    reason=one.reason or "",
                )
                for one in ranked_lower(issue, words, store)
            ]

    def approve(
        self,
        issue: str,
        because: str,
        by: str,
        seen: int | None,
        generated_at: datetime | None = None,
    ) -> str:
        """Note that *issue* may be published, if it was built when *by* saw that it was."""
        from newsletter.pipeline.editorial import approve

        def noted(configuration: Configuration, store: "Store", reason: str) -> Event:
            from newsletter.cli.noting import channels_of

            return approve(
                issue,
                store,
                configuration.settings.weekly,
                self.now(),
                channels_of(configuration),
                because=reason,
                output=wiring.output_folder(configuration, self.output),
            )

        looked = _Looked(week=issue, version=seen, generated_at=generated_at)
        return self._noted(noted, because, by, looked, "is approved")

    def hold(self, issue: str, because: str, by: str, seen: int | None) -> str:
        """Note that *issue* is not published until it is approved."""
        from newsletter.pipeline.editorial import hold

        def noted(configuration: Configuration, store: "Store", reason: str) -> Event:
            from newsletter.cli.noting import channels_of

            weekly, channels = configuration.settings.weekly, channels_of(configuration)
            return hold(issue, store, weekly, self.now(), channels, because=reason)

        looked = _Looked(week=issue, version=seen)
        return self._noted(noted, because, by, looked, "is held until it is approved")

    def skip(self, issue: str, because: str, by: str, seen: int | None) -> str:
        """Note that *issue* is left out."""
        from newsletter.pipeline.editorial import skip

        def noted(configuration: Configuration, store: "Store", reason: str) -> Event:
            from newsletter.cli.noting import channels_of

            weekly, channels = configuration.settings.weekly, channels_of(configuration)
            return skip(issue, store, weekly, self.now(), channels, because=reason)

        words = "is skipped; its articles go into the next issue"
        return self._noted(noted, because, by, _Looked(week=issue, version=seen), words)

    def redrafted(self, issue: str) -> Event | None:
        """Return what made *issue* a draft again after it was approved, None if nothing did."""
        with wiring.store(load(self.config)) as store:
            states = [one for one in store.events(issue) if one.kind in WEEK_STATES]
        last = None
        while states and states[-1].kind == "draft":
            last = states.pop()
        return last if states and states[-1].kind == "approved" else None

    def _noted(
        self,
        note: "Callable[[Configuration, Store, str], Event]",
        because: str,
        by: str,
        looked: "_Looked",
        words: str,
    ) -> str:
        """Have the word noted, tell whoever is to be told, and return it in words."""
        from newsletter.cli.noting import tell
        from newsletter.cli.options import Talk
        from newsletter.pipeline.seeing import see_that_all_is_seen

        configuration = load(self.config)
        with wiring.store(configuration) as store:
            reason = " ".join(because.split())
            with store.transaction() as joined:
                see_that_all_is_seen(looked.week, joined, looked.version, looked.generated_at)
                event = note(configuration, joined, f"{by}: {reason}" if reason else by)
            tell(configuration, store, self.now(), Talk(quiet=True))
        return f"{event.week} {words}" + (" already" if event.id else "")

    @contextmanager
    def _desk(self, by: str) -> Iterator["EditingDesk"]:
        from newsletter.cli.assembly_edit import editing_desk

        configuration = load(self.config)
        with wiring.store(configuration) as store:
            yield editing_desk(configuration, store, self.now(), by=by, output=self.output)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What somebody has looked at: an issue at a version of its edits, as it was built then."""

    week: str
    version: int | None
    generated_at: datetime | None = None


def editor_desk(config: Path, output: Path | None, now: Callable[[], datetime]) -> EditorDesk:
    """Return the desk at which the issues of the workspace at *config* are edited in a browser."""
    editing = Editing(config=config, output=output, now=now)
    return EditorDesk(
        opened=editing.opened,
        change=editing.change,
        undo=editing.undo,
        redo=editing.redo,
        revert=editing.revert,
        bring_back=editing.bring_back,
        offered=editing.offered,
        reasons=editing.reasons,
        approve=editing.approve,
        hold=editing.hold,
        skip=editing.skip,
        told=_told,
        reading_time=_reading_time,
        prose=_prose,
        redrafted=editing.redrafted,
        found=editing.found,
    )


def _told(edit: Edit, opened: Opened) -> str:
    edited = Edited(issue=opened.issue, candidates=opened.candidates, effects=opened.effects)
    return told(edit, edited)


def _reading_time(issue: Issue) -> str:
    from newsletter.render.views.issues import issue_view

    return issue_view(issue).reading_time


def _prose(text: str) -> str:
    from newsletter.render.prose import prose, styled

    return styled(prose(text).html, a='target="_blank" rel="noopener noreferrer"')
