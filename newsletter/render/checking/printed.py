"""What a story says and where it leads, as all formats are to print it."""

from functools import lru_cache

from newsletter.model import Place, PrintedArticle, PrintedStory
from newsletter.render.safe import link, plain, shortened

# Rules ask for the same few texts and links again and again.
_plain = lru_cache(maxsize=4_000)(plain)
_link = lru_cache(maxsize=4_000)(link)


def headline(story: PrintedStory) -> str:
    """Return a story's headline as all formats print it."""
    lead = lead_of(story)
    return _plain(story.headline) or _plain(lead.title) or _plain(lead.source)


def lead_of(story: PrintedStory) -> PrintedArticle:
    """Return the article that represents a story."""
    return next((one for one in story.articles if one.lead), story.articles[0])


def story_place(file: str, story: PrintedStory, text: str = "") -> Place:
    """Return the place of a story in *file*; the text is its headline where none is given."""
    return Place(file=file, text=text or shortened(headline(story), 80), story_id=story.id)


def urls_of(story: PrintedStory) -> tuple[str, ...]:
    """Return where a story's sources stand, the lead's first, each once."""
    articles = (lead_of(story), *story.articles)
    return tuple(dict.fromkeys(url for one in articles if (url := _link(one.url))))
