"""Filing: one article for the coming issue, from a web page or from a file, as a seed."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from newsletter.config.scalars import quoted
from newsletter.errors import FetchError, IssueError, ParseError
from newsletter.model import Article, Document, Feed, Page, SeedFolder
from newsletter.parse import (
    FeedJob,
    PageJob,
    SeedJob,
    parse_feed,
    parse_page,
    parse_seed,
)
from newsletter.pipeline.reading import PARSE_MEMORY, PARSE_TIMEOUT_S
from newsletter.pipeline.visiting import reason_of
from newsletter.ports import PageSource, SeedSource, Workers
from newsletter.text.markup import one_line
from newsletter.text.urls import canonical_url, host_of, is_front_page

_TEXTS = frozenset({".txt", ".md", ".markdown"})
_SLUG = 60  # characters of a file's name
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)\b|https://jsonfeed\.org/version", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """The doors and the circumstances of filing an article."""

    seeds: SeedSource
    workers: Workers
    folders: Sequence[SeedFolder]
    now: datetime
    language: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the editor says of the article better than it does itself."""

    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as a file to be put among the seeds; `there` is where it lies already, if so."""

    name: str
    content: bytes
    title: str
    url: str | None = None
    there: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article goes; `is_new` where the section has no seeds yet."""

    section: str
    folder: str
    is_new: bool = False


def place_for(
    wanted: str | None,
    sections: Mapping[str, Sequence[str]],
    taken: Iterable[str] = (),
) -> Place:
    """Return the folder of the section *wanted*, of the first with seeds if None.

    *sections* maps names to their folders, *taken* are names that exist in the workspace. A section
    without seeds gets a folder of its own beside the others: within another section's folder it
    would be read twice.

    Raises:
        IssueError: there is no such section, or no free place for a folder.
    """
    if wanted is None:
        seeded = [name for name, folders in sections.items() if folders]
        wanted = seeded[0] if seeded else next(iter(sections))
    names = {name.strip().casefold(): name for name in sections}
    section = names.get(wanted.strip().casefold())
    if section is None:
        near = difflib.get_close_matches(wanted.strip().casefold(), list(names), n=1)
        hint = f"did you mean {names[near[0]]!r}?" if near else f"there are: {', '.join(sections)}"
        raise IssueError(f"there is no section {wanted!r}; {hint}")
    if sections[section]:
        return Place(section=section, folder=sections[section][0])
    used = [PurePosixPath(folder) for folders in sections.values() for folder in folders]
    name = f"seeds-{_slug(section) or 'more'}"
    existing = set(taken)
    for candidate in (name, *(f"{name}-{number}" for number in range(2, 100))):
        path = PurePosixPath(candidate)
        nested = any(path.is_relative_to(one) or one.is_relative_to(path) for one in used)
        if candidate not in existing and not nested:
            return Place(section=section, folder=f"{candidate}/", is_new=True)
    raise IssueError(f"the section {section!r} has no seeds; give it a folder of its own: seeds: …")


def draft_of_file(name: str, content: bytes, wish: Wish, with_: Filing) -> Draft:
    """Return the file of that *name* as a seed; it must be readable as one.

    Raises:
        ParseError: it cannot be read, or cannot be given the title or source wished for.
    """
    given = {"title": wish.title, "source": wish.source}
    wished = _given(name, content, {key: value for key, value in given.items() if value})
    for origin, document in _laid_down(with_):
        if document.content in (content, wished):
            return Draft(name=name, content=content, title="", there=origin)
    article = _read(name, wished, with_)
    return Draft(name=_file_name(name), content=wished, title=article.title, url=article.url)


def draft_of_page(url: str, pages: PageSource, wish: Wish, with_: Filing) -> Draft:
    """Return the article at *url* as a seed with front matter.

    Raises:
        FetchError: it does not answer, or may not be read.
        ParseError: it is a feed, or holds no article.
    """
    there = _filed(with_)
    if canonical_url(url) in there:
        return Draft(name="", content=b"", title="", url=url, there=there[canonical_url(url)])
    ((_, answer),) = pages.read([url])
    if isinstance(answer, FetchError):
        is_data = answer.status == 200 and re.search(r"\b(xml|json)\b", str(answer))
        hint = "; if it is a feed, add it: newsletter feeds add URL" if is_data else ""
        raise FetchError(f"{url}: {answer}{hint}")
    job = PageJob(document=answer, language=with_.language, asked=url)
    ((_, page),) = with_.workers.map(
        understand_page, [job], timeout_s=PARSE_TIMEOUT_S, memory_bytes=PARSE_MEMORY
    )
    if isinstance(page, Exception):
        raise ParseError(f"{url}: {reason_of(page)}")
    best = _url_of(page)
    title = wish.title or page.title
    zone = ZoneInfo(with_.zone)
    day = (page.published or with_.now).astimezone(zone).date().isoformat()
    slug = _slug(title) or _slug(host_of(best)) or "article"
    return Draft(
        name=f"{day}-{slug}.txt",
        content=_written(page, title, best, wish),
        title=title,
        url=best,
        there=there.get(canonical_url(best)),
    )


def understand_page(job: PageJob) -> Page:
    """Return the article of a web page.

    Raises:
        ParseError: it is a feed, or holds no article.
    """
    if _FEED.search(job.document.content[:2000]):
        feed = Feed(url=job.document.url, section="")
        seen_at = datetime.fromisoformat("2000-01-01T00:00+00:00")  # nothing is kept of it
        try:
            parse_feed(
                FeedJob(document=job.document, feed=feed, seen_at=seen_at, language=job.language)
            )
        except ParseError:
            pass
        else:
            raise ParseError("is a feed, not an article; add it: newsletter feeds add URL")
    return parse_page(job)


def _laid_down(with_: Filing) -> Iterator[tuple[str, Document]]:
    for folder in with_.folders:
        for origin, outcome in with_.seeds.read(folder):
            if isinstance(outcome, Document):
                yield origin, outcome


def _filed(with_: Filing) -> Mapping[str, str]:
    """Return where the texts among the seeds lie, by the canonical URL that they name."""
    found: dict[str, str] = {}
    for origin, document in _laid_down(with_):
        if PurePosixPath(origin).suffix.lower() in _TEXTS:
            try:
                article = parse_seed(_job(origin, document.content, with_))
            except ParseError:
                continue  # the next gather tells of it
            if article.url:
                found[canonical_url(article.url)] = origin
    return found


def _read(name: str, content: bytes, with_: Filing) -> Article:
    job = _job(name, content, with_)
    ((_, article),) = with_.workers.map(
        parse_seed, [job], timeout_s=PARSE_TIMEOUT_S, memory_bytes=PARSE_MEMORY
    )
    if isinstance(article, Exception):
        raise ParseError(f"{name}: {reason_of(article)}")
    return article


def _job(origin: str, content: bytes, with_: Filing) -> SeedJob:
    return SeedJob(
        document=Document(url=origin, content=content),
        origin=origin,
        seen_at=with_.now,
        language=with_.language,
        zone=with_.zone,
    )


def _given(name: str, content: bytes, given: Mapping[str, str]) -> bytes:
    """Return *content* with *given* as its front matter."""
    if not given:
        return content
    if PurePosixPath(name).suffix.lower() not in _TEXTS:
        raise ParseError(
            f"{name}: only a text can be given a title or a source; file it without --title and"
            " --source"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(f"{name}: is not UTF-8 text; save it as UTF-8") from error
    if text.startswith("---"):
        raise ParseError(f"{name}: has front matter already; write title and source there")
    return (_front_matter(given) + text).encode("utf-8")


def _written(page: Page, title: str, url: str, wish: Wish) -> bytes:
    given = {
        "title": title,
        "url": url,
        "date": page.published.isoformat() if page.published else "",
        "source": wish.source or page.source or "",
        "author": page.author or "",
        "language": page.language or "",
    }
    # As plain text, not Markdown: every character of the article then means itself.
    text = "\n\n".join(page.text.split("\n"))
    return f"{_front_matter(given)}{text}\n".encode()


def _front_matter(given: Mapping[str, str]) -> str:
    lines = [f"{key}: {quoted(one_line(value))}" for key, value in given.items() if value]
    return "\n".join(["---", *lines, "---", "", ""])


def _url_of(page: Page) -> str:
    """Return the page's own name for itself, unless that is another site's or no article's."""
    named = page.canonical
    if named and host_of(named) == host_of(page.url) and not is_front_page(named):
        return named
    return page.url


def _file_name(name: str) -> str:
    """Return *name* as one that seeds may have: neither hidden nor a README."""
    name = name.lstrip(".")
    path = PurePosixPath(name)
    return f"{path.stem}-seed{path.suffix}" if path.stem.upper() == "README" else name


def _slug(text: str) -> str:
    """Return *text* in small ASCII letters, digits and hyphens, "" if nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    return slug[:_SLUG].rstrip("-")
