"""How much of each story the e-mail shows, and how many bytes that takes."""

from collections.abc import Mapping, Sequence

from lxml import etree

from newsletter.model import Issue, PrintedStory, StoryBytes
from newsletter.render.checking.document import Document, Element, Link, words
from newsletter.render.checking.matching import letters, says
from newsletter.render.checking.printed import headline, urls_of
from newsletter.render.safe import plain

_CELLS = ("td", "li", "div", "article")


def portions(issue: Issue, document: Document, links: Sequence[Link]) -> Mapping[str, StoryBytes]:
    """Return for each story of *issue*, by its id, what of it stands in *document*.

    A story's block is found by its id, or by a link of its headline that is none of a list.
    """
    return {story.id: _portion(story, document, links) for story in issue.stories}


def _portion(story: PrintedStory, document: Document, links: Sequence[Link]) -> StoryBytes:
    block = document.blocks.get(story.id)
    if block is None:
        block = _linked(story, links)
    if block is None:
        return StoryBytes(id=story.id, headline=headline(story), shown="web only", bytes=0)
    content = etree.tostring(block, method="html", encoding="utf-8", with_tail=False)
    told = " ".join(plain(sentence.text) for sentence in story.summary)
    return StoryBytes(
        id=story.id,
        headline=headline(story),
        shown="full" if says(words(block), told) else "headline",
        bytes=len(content),
    )


def _linked(story: PrintedStory, links: Sequence[Link]) -> Element | None:
    wanted, urls = letters(headline(story)), set(urls_of(story))
    for one in reversed(links):  # a table of contents comes first
        if one.url in urls and letters(one.text) == wanted:
            return next(one.element.iterancestors(*_CELLS), None)
    return None
