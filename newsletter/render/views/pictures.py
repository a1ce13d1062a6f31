"""Chooses the picture of a story, and says in words what it is."""

from collections.abc import Iterable

from newsletter.model import Images, PrintedArticle
from newsletter.render.safe import link, plain, shortened
from newsletter.render.views.values import PictureView

_NARROWEST = 200  # pixels: what is narrower would be blown up
_WIDEST, _TALLEST = 4, 2  # sides to one: beyond are banners and columns
_SOURCE_CHARACTERS = 40
_HEADLINE_CHARACTERS = 80


def wants_picture(images: Images, number: int) -> bool:
    """Return whether the issue's *number*th story is to show its picture."""
    return images == "all" or (images == "lead" and number == 1)


def picture(articles: Iterable[PrintedArticle], headline: str) -> PictureView | None:
    """Return the picture of the lead, else of the first article that has one that can be shown.

    It is read over https, its size is known, and it is at least 200 pixels wide and of a shape that
    fits a column; None where there is none.
    """
    for article in sorted(articles, key=lambda article: not article.lead):
        url, width, height = link(article.image), article.image_width, article.image_height
        if url and url.startswith("https://") and width and height and _fits(width, height):
            return PictureView(
                url=url, alt=_said(article.source, headline), width=width, height=height
            )
    return None


def _fits(width: int, height: int) -> bool:
    return width >= _NARROWEST and height <= _TALLEST * width and width <= _WIDEST * height


def _said(source: str, headline: str) -> str:
    name = shortened(plain(source), _SOURCE_CHARACTERS)
    told = shortened(headline, _HEADLINE_CHARACTERS)
    return f"Picture with the report of {name}: {told}" if name else f"Picture with: {told}"
