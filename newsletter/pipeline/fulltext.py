"""Full text: which articles' own pages are read before composing, and what came of it."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsletter.errors import FetchError, OutOfTimeError
from newsletter.model import Article, Document, Feed, FullText, Page, PageVisit, Ranked
from newsletter.parse import PageJob, parse_page
from newsletter.pipeline.visiting import reason_of
from newsletter.ports import Pages, PageSource, Workers
from newsletter.stories.rank import outlet_of
from newsletter.text.urls import is_front_page, link
from newsletter.text.words import is_unspaced, terms

log = logging.getLogger(__name__)

PARSE_TIMEOUT_S = 15.0  # three hundred times what a page takes
PARSE_MEMORY = 500_000_000  # bytes
TEASER = 900  # characters: of texts from there on, few are only an opening
PER_STORY = 4  # articles of a story whose pages are read: more outlets add little to a summary
RETRY_AFTER = timedelta(hours=20)  # less than a day: a build every morning asks again
# A page that tells of the article has these shares of the words of its title, or of its title and
# teaser. Of 1,655 articles 99 % pass even without their first 300 characters; of walls of consent,
# login and error .2 %. Fewer words than these say nothing.
_TITLE_WORDS, _TITLE_SHARE = 3, 0.4
_ENTRY_WORDS, _ENTRY_SHARE = 5, 0.2
_OPENING = 600  # characters of an entry's text that are looked for
_SPARE = 2  # for each so many chosen stories one more is read, in case the full text reorders them
_ELSE = "tells of something else than its entry, as pages for consent or login do"
_TAIL = 200  # characters in which a text shows that it was cut
# What ends a text that goes on elsewhere, before the line that WordPress puts behind each.
_CREDIT = re.compile(r"\s*The post\b[^\n]{0,300}\bappeared first on\b[^\n]{0,100}$", re.IGNORECASE)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|more)\]"
    r"|\b(?:read|see|learn|find out) (?:more|on|the (?:full|whole|rest|entire)\b[^\n.]{0,40})"
    r"|\b(?:continue|keep) reading\b[^\n.]{0,80}|\bfull (?:story|article|post)"
    r"|\bweiterlesen|\bmehr (?:lesen|erfahren)|\blire (?:la suite|plus|l[’']article)"
    r"|\bleer más|\bseguir leyendo|\bsigue leyendo|\bleia (?:mais|a íntegra)|\bcontinue lendo"
    r"|\bleggi (?:tutto|di più|anche)|\bcontinua a leggere|\blees (?:meer|verder)"
    r"|\bläs (?:mer|vidare)|\bles (?:mer|mere)|\blæs (?:mere|videre)|\blue lisää"
    r"|\bczytaj (?:dalej|więcej)|\bdevamını oku|\bчитать (?:далее|полностью)|続きを読む|阅读全文)"
    r"[\s.…»›→>)\]]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesRead:
    """How many pages were read, and of which articles they could not be, each with the reason."""

    read: int = 0
    failed: tuple[tuple[Article, str], ...] = ()


def shortlist(ranked: Sequence[Ranked], chosen: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return the *chosen* stories and, by rank, half as many again of *ranked* (highest first)."""
    ids = {one.story.id for one in chosen}
    rest = [one for one in ranked if one.story.id not in ids]
    return (*chosen, *rest[: -(-len(chosen) // _SPARE)])


def candidates(shortlisted: Sequence[Ranked]) -> tuple[Article, ...]:
    """Return the articles that speak for *shortlisted* stories, by rank, each once.

    At most four of a story, the lead first, then by date those of other outlets, copies last.
    """
    found: dict[str, Article] = {}
    for one in shortlisted:
        outlets: dict[str, Article] = {}
        copies = one.story.copies
        for article in sorted(one.story.articles[1:], key=lambda article: article.id in copies):
            outlets.setdefault(outlet_of(article), article)
        outlets.pop(outlet_of(one.story.lead), None)
        for article in (one.story.lead, *outlets.values())[:PER_STORY]:
            found.setdefault(article.id, article)
    return tuple(found.values())


def wanted(
    found: Sequence[Article],
    feeds: Mapping[str, Feed],
    visited: Mapping[str, PageVisit],
    now: datetime,
) -> tuple[Article, ...]:
    """Return which of the articles *found* have a page that is to be read, in their order.

    That is where a feed among *feeds* (by URL) says `full_text: always`, or `auto` and gave only a
    teaser; always goes before auto, auto before never. Seeds have no such page. One that was read
    is not read again, one that failed (*visited*, by article id) not within 20 hours.
    """
    return tuple(
        article
        for article in found
        if _is_wanted(article, _mode(article, feeds))
        and _is_due(visited.get(article.id), now)
        and _page_url(article) is not None
    )


def is_teaser(text: str) -> bool:
    """Tell whether *text* is only the opening of an article: short, or cut as feeds mark it."""
    return len(text) < TEASER or bool(_CUT.search(_CREDIT.sub("", text.rstrip())[-_TAIL:]))


def tells_of(page: Page, article: Article) -> bool:
    """Tell whether *page* has words of the article's title and teaser: no wall has many.

    What has too few words of its own to tell by is believed.
    """
    found = set(terms(page.text, article.language))
    can_tell = False
    for given, least, share in (
        (article.title, _TITLE_WORDS, _TITLE_SHARE),
        (f"{article.title}\n{article.text[:_OPENING]}", _ENTRY_WORDS, _ENTRY_SHARE),
    ):
        wanted = {term for term in terms(given, article.language) if _says_something(term)}
        if len(wanted) >= least:
            can_tell = True
            if len(wanted & found) >= share * len(wanted):
                return True
    return not can_tell


def _says_something(term: str) -> bool:
    return len(term) > 3 or term.isdigit() or is_unspaced(term)


def read_pages(
    articles: Sequence[Article],
    *,
    source: PageSource,
    workers: Workers,
    pages: Pages,
    now: datetime,
    language: str,
) -> PagesRead:
    """Read the pages of *articles* and keep what came of each; a failure costs itself alone.

    Where not one host answered at all, the network is away: nothing is held against the pages. Nor
    against one that there was no time for.
    """
    by_url: dict[str, list[Article]] = {}
    for article in articles:
        if url := _page_url(article):
            by_url.setdefault(url, []).append(article)
    if not by_url:
        return PagesRead()
    outcomes = _outcomes(source.read(tuple(by_url)), workers, language)
    visits = {
        article.id: _visit(article, outcomes.get(url), now)
        for url, sharing in by_url.items()
        for article in sharing
    }
    if not all(_is_silent(outcomes.get(url)) for url in by_url):
        unasked = {url for url in by_url if isinstance(outcomes.get(url), OutOfTimeError)}
        asked = [one for url, sharing in by_url.items() if url not in unasked for one in sharing]
        pages.save_pages(visits[article.id] for article in asked)
    failed = tuple(
        (article, visits[article.id].error or "")
        for article in articles
        if article.id in visits and visits[article.id].page is None
    )
    for article, reason in failed:
        log.info("page not read url=%s reason=%s", article.url, reason)
    return PagesRead(read=len(visits) - len(failed), failed=failed)


def _outcomes(
    came: Iterator[tuple[str, Document | FetchError]], workers: Workers, language: str
) -> Mapping[str, Page | Exception]:
    """Return what came of each URL: its page, or why there is none."""
    outcomes: dict[str, Page | Exception] = {}
    jobs = _jobs(came, outcomes, language)
    for job, outcome in workers.map(
        parse_page, jobs, timeout_s=PARSE_TIMEOUT_S, memory_bytes=PARSE_MEMORY
    ):
        outcomes[job.asked] = outcome
    return outcomes


def _mode(article: Article, feeds: Mapping[str, Feed]) -> FullText:
    modes = {feeds[origin].full_text for origin in article.origins if origin in feeds}
    if "always" in modes:
        return "always"
    return "auto" if "auto" in modes else "never"


def _is_wanted(article: Article, mode: FullText) -> bool:
    return mode == "always" or (mode == "auto" and is_teaser(article.text))


def _is_due(visit: PageVisit | None, now: datetime) -> bool:
    return visit is None or (visit.page is None and now - visit.at >= RETRY_AFTER)


def _page_url(article: Article) -> str | None:
    url = link(article.url)
    return None if url is None or is_front_page(url) else url


def _jobs(
    came: Iterator[tuple[str, Document | FetchError]],
    outcomes: dict[str, Page | Exception],
    language: str,
) -> Iterator[PageJob]:
    """Yield a job for each page that came; what did not come goes to *outcomes* at once."""
    for url, outcome in came:
        if isinstance(outcome, FetchError):
            outcomes[url] = outcome
        else:
            yield PageJob(document=outcome, language=language, asked=url)


def _visit(article: Article, outcome: Page | Exception | None, now: datetime) -> PageVisit:
    if isinstance(outcome, Page) and not tells_of(outcome, article):
        return PageVisit(article_id=article.id, at=now, error=_ELSE)
    if isinstance(outcome, Page):
        return PageVisit(article_id=article.id, at=now, page=outcome)
    reason = reason_of(outcome) if outcome else "no time left"
    return PageVisit(article_id=article.id, at=now, error=reason)


def _is_silent(outcome: Page | Exception | None) -> bool:
    return outcome is None or (isinstance(outcome, FetchError) and outcome.is_silent)
