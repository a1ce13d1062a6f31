"""Which picture each story shows, as large as it is: only those that every mail client can draw."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from newsletter.errors import FetchError, OutOfTimeError
from newsletter.model import Issue, PrintedArticle, PrintedStory
from newsletter.ports import Pictures, PictureSize

_LEAST_WIDTH = 200  # pixels: less is an icon, a portrait's thumbnail or a counter of readers
_WIDEST = 4.0  # width to height: beyond is a banner or a signature
_TALLEST = 2.0  # height to width: beyond is a poster that pushes the story off the screen
_TRIED = 3  # pictures of one story, so that a story of fifty sources does not cost fifty requests
_NAMED = 3  # sources in one line
_FIT = frozenset({"jpeg", "png", "gif"})


@dataclass(slots=True)
class _Search:
    """The search for one story's picture: its number, what is left to try, found, and failed."""

    number: int
    waiting: list[PrintedArticle]
    found: dict[str, PictureSize] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)  # source, why not


def pictured(issue: Issue, pictures: Pictures | None) -> tuple[Issue, tuple[str, ...]]:
    """Return *issue* with the sizes of the pictures that it is to show, and what it has to lack.

    Which stories show one is said by the issue's layout. Of a story's articles, the lead's picture
    is taken, else the first of the others that can be shown; a picture whose size is known is not
    asked for again. Stories that have pictures and can show none are named in lines, one a reason.
    Without *pictures* (no network) what is unknown stays so.
    """
    searches = {
        story.id: _Search(number=number, waiting=_candidates(story))
        for number, story in enumerate(issue.stories, 1)
        if issue.layout.images == "all" or (issue.layout.images == "lead" and number == 1)
    }
    if pictures is None or not searches:
        return issue, ()
    asked: dict[str, PictureSize | FetchError] = {}
    for _ in range(_TRIED):
        tried = [search for search in searches.values() if search.waiting]
        urls = dict.fromkeys(str(search.waiting[0].image) for search in tried)
        asked.update(pictures.measure([url for url in urls if url not in asked]))
        for search in tried:
            _try(search, asked)
        if any(isinstance(outcome, OutOfTimeError) for outcome in asked.values()):
            break
    return _sized(issue, searches), tuple(_lacking(searches.values()))


def _candidates(story: PrintedStory) -> list[PrintedArticle]:
    """Return the articles whose picture may be the story's, none where one is known to be."""
    with_picture = [article for article in story.articles if article.image]
    if any(article.image_width and article.image_height for article in with_picture):
        return []
    return sorted(with_picture, key=lambda article: not article.lead)


def _try(search: _Search, asked: Mapping[str, PictureSize | FetchError]) -> None:
    """Take the next picture of a story, or say why not."""
    article = search.waiting.pop(0)
    # Whoever was asked may have stopped in the middle, and left the rest unsaid.
    got = asked.get(str(article.image)) or FetchError("was not asked for")
    fault = str(got) if isinstance(got, FetchError) else _unfit(got)
    if fault or isinstance(got, FetchError):
        search.faults.append((article.source, fault))
    else:
        search.found[article.id] = got
        search.waiting.clear()


def _lacking(searches: Iterable[_Search]) -> Iterator[str]:
    """Yield a line for each reason why stories show no picture, with their numbers and sources."""
    numbers: defaultdict[str, dict[int, None]] = defaultdict(dict)
    sources: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for search in searches:
        for source, fault in () if search.found else search.faults:
            numbers[fault][search.number] = None
            sources[fault][source] = None
    for fault, told in numbers.items():
        stories = f"{'stories' if len(told) > 1 else 'story'} {', '.join(map(str, told))}"
        names = list(sources[fault])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{stories}: no picture from {', '.join(names[:_NAMED])}{more}: {fault}"


def _unfit(size: PictureSize) -> str:
    """Return why a picture is none to show, "" if it is one."""
    width, height = size.width, size.height
    if size.kind not in _FIT:
        return f"is {size.kind}, which Outlook does not draw; it takes jpeg, png or gif"
    if width < _LEAST_WIDTH:
        return f"is {width} × {height} pixels, too small; it takes {_LEAST_WIDTH} across"
    if width > _WIDEST * height:
        return f"is {width} × {height} pixels, a banner"
    if height > _TALLEST * width:
        return f"is {width} × {height} pixels, too tall"
    return ""


def _sized(issue: Issue, searches: Mapping[str, _Search]) -> Issue:
    def story_of(story: PrintedStory) -> PrintedStory:
        found = searches[story.id].found if story.id in searches else {}
        if not found:
            return story
        articles = tuple(
            replace(one, image_width=found[one.id].width, image_height=found[one.id].height)
            if one.id in found
            else one
            for one in story.articles
        )
        return replace(story, articles=articles)

    sections = tuple(
        replace(section, stories=tuple(map(story_of, section.stories)))
        for section in issue.sections
    )
    return replace(issue, sections=sections)


def sized_as(issue: Issue, earlier: Issue) -> Issue:
    """Return *issue* with the sizes of the pictures that an earlier build measured."""
    sizes = {
        article.image: (article.image_width, article.image_height)
        for story in earlier.stories
        for article in story.articles
        if article.image and article.image_width
    }
    if not sizes:
        return issue

    def sized(article: PrintedArticle) -> PrintedArticle:
        if article.image not in sizes:
            return article
        width, height = sizes[article.image]
        return replace(article, image_width=width, image_height=height)

    return replace(
        issue,
        sections=tuple(
            replace(
                section,
                stories=tuple(
                    replace(story, articles=tuple(map(sized, story.articles)))
                    for story in section.stories
                ),
            )
            for section in issue.sections
        ),
    )
