"""Puts real things behind the doors that editing an issue has."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter import wiring
from newsletter.cli.assembly_press import press_of
from newsletter.config import Configuration
from newsletter.errors import FetchError
from newsletter.ports import Pictures, PictureSize

if TYPE_CHECKING:
    from newsletter.pipeline.compose import Composed
    from newsletter.pipeline.editing import EditingDesk
    from newsletter.pipeline.errands import Wanted
    from newsletter.store import Store


def editing_desk(
    configuration: Configuration,
    store: "Store",
    now: datetime,
    *,
    by: str,
    output: Path | None = None,
) -> "EditingDesk":
    """Return the desk at which *by* edits the issues of a workspace, at *now*.

    Raises:
        TemplateError: the templates cannot be read.
    """
    from newsletter.cli.assembly_notify import channels_for
    from newsletter.pipeline.editing import EditingDesk

    settings = configuration.settings
    review = settings.schedule.review
    shows_pictures = configuration.layout.images != "none"

    def recompose(wanted: "Wanted") -> "Composed":
        return _recomposed(wanted, configuration, store, now)

    return EditingDesk(
        store=store,
        press=press_of(configuration, store, now, output=output),
        schedule=settings.weekly,
        channels=channels_for(configuration),
        now=now,
        by=by,
        recompose=recompose,
        min_stories=settings.issue.min_stories,
        unless_approved=review.unless_approved if review else "publish",
        pictures=_PicturesWhenWanted(configuration) if shows_pictures else None,
    )


class _PicturesWhenWanted:
    """Pictures, with the network's libraries loaded when the first is asked for: few edits ask."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._asked: Pictures | None = None

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, PictureSize | FetchError]]:
        """Yield the size of the picture at each URL, as it comes, or why there is none."""
        if self._asked is None:
            self._asked = wiring.pictures(self._configuration)
        return self._asked.measure(urls)


def _recomposed(
    wanted: "Wanted", configuration: Configuration, store: "Store", now: datetime
) -> "Composed":
    """Compose a built issue anew from the store; nobody is asked but for embeddings not kept."""
    from newsletter.cli.assembly_build import brief_of, writing_desk
    from newsletter.cli.assembly_sources import kept_sources
    from newsletter.pipeline.recomposing import recomposed

    sources = kept_sources(configuration, store)
    sources = replace(sources, desk=writing_desk(configuration, store, now))
    return recomposed(wanted, brief_of(configuration), configuration.settings.weekly, sources)
