"""Names the pictures that a story could show: by outlet and size, none of which is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.model import Opened, PrintedArticle, PrintedStory


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a story could show: its address, its outlet and size, and what else to know.

    `is_chosen` is the one that its editor chose, else the one that is shown without her word. One
    that is to be shown and could not be had is not, whatever she has said.
    """

    url: str
    name: str
    told: str
    is_chosen: bool


def pictures_of(story: PrintedStory, opened: Opened, chosen: str | None) -> Iterator[Picture]:
    """Yield the pictures that a story's articles came with; *chosen* is the editor's, "" none."""
    shows = opened.issue.layout.images
    is_shown = shows == "all" or (shows == "lead" and story.id == opened.issue.stories[0].id)
    marked = _shown_of(story) if chosen is None and is_shown else chosen
    seen = set()
    for article in story.articles:
        url = opened.pictures.get(article.id) or article.image
        if not url or url in seen:
            continue
        seen.add(url)
        size = _size_of(article, url, opened)
        is_lost = url == chosen and is_shown and not size
        yield Picture(
            url=url,
            name=f"{article.source}, {size}" if size else article.source,
            told="could not be had" if is_lost else "" if size else "size not known",
            is_chosen=url == marked and not is_lost,
        )


def _shown_of(story: PrintedStory) -> str | None:
    """Return the picture that is printed: the lead's, else the first that was measured."""
    found = (
        one.image
        for one in sorted(story.articles, key=lambda one: not one.lead)
        if one.image and one.image.startswith("https://") and one.image_width and one.image_height
    )
    return next(found, None)


def _size_of(article: PrintedArticle, url: str, opened: Opened) -> str:
    """Return "640 × 360 pixels", "" where it is not known."""
    own = (article.image_width, article.image_height) if url == article.image else (None, None)
    width, height = own if all(own) else opened.sizes.get(url, (None, None))
    return f"{width} × {height} pixels" if width and height else ""
