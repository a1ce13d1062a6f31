"""Rules that hold the formats against the issue and against each other."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from newsletter.model import Place, PrintedStory
from newsletter.render.checking.document import HEADINGS, Document, words
from newsletter.render.checking.judging import (
    Judgement,
    Rule,
    broken,
    holds,
    none_of,
    rule,
    several,
)
from newsletter.render.checking.matching import (
    headed_lines,
    letters,
    line_of,
    longest_rising,
    markdown_urls,
    says,
    text_urls,
    unmarked,
    without_urls,
)
from newsletter.render.checking.printed import headline, lead_of, story_place, urls_of
from newsletter.render.checking.proof import (
    FILES,
    MAIL,
    MARKDOWN,
    MESSAGE,
    TEXT,
    WEB,
    Proof,
)
from newsletter.render.prose import prose
from newsletter.render.safe import link, plain, shortened
from newsletter.render.views import counted

_GROUP = "parity"
_WAY_OUT = "print all stories of the issue in the template, or render again: newsletter render"


@rule(
    "files",
    "The issue is there in every format",
    group=_GROUP,
    way_out="render again: newsletter render",
)
def files(proof: Proof) -> Judgement:
    """Judge that all five files are there and not empty."""
    missing = [Place(file=name) for name in FILES if not proof.files.get(name, b"").strip()]
    return none_of(
        missing,
        "file is missing or empty|files are missing or empty",
        counted(len(FILES), "format"),
    )


@rule(
    "parity-headlines",
    "Every story’s headline stands in every format",
    group=_GROUP,
    way_out=_WAY_OUT,
)
def parity_headlines(proof: Proof) -> Judgement:
    """Judge headlines, in the mail those of the stories that were not cut."""
    said = _said(proof)
    wrong = [
        story_place(file, story)
        for file, text in said.items()
        for story in _due(proof, file)
        if letters(headline(story)) not in text
    ]
    return _all_there(wrong, proof, "headline")


@rule("parity-links", "Every story’s link stands in every format", group=_GROUP, way_out=_WAY_OUT)
def parity_links(proof: Proof) -> Judgement:
    """Judge the links to the articles that lead their stories."""
    wrong = [
        story_place(file, story, f"{url}: {headline(story)}")
        for file, urls in _urls(proof).items()
        for story in _due(proof, file)
        if (url := link(lead_of(story).url)) and url not in urls
    ]
    return _all_there(wrong, proof, "link")


@rule(
    "parity-sources",
    "Every story links to all its sources in every format",
    group=_GROUP,
    way_out="print story.sources in the template: no source is lost between formats",
    verdict="warning",
)
def parity_sources(proof: Proof) -> Judgement:
    """Judge the links to all articles of each story."""
    wrong, seen = [], 0
    for file, urls in _urls(proof).items():
        for story in _due(proof, file):
            seen += len(urls_of(story))
            wrong += [
                story_place(file, story, f"{url}: {headline(story)}")
                for url in urls_of(story)
                if url not in urls
            ]
    return none_of(wrong, "link is missing|links are missing", counted(seen, "link"))


@rule(
    "parity-order",
    "Stories stand in the same order in every format",
    group=_GROUP,
    way_out=_WAY_OUT,
    verdict="warning",
)
def parity_order(proof: Proof) -> Judgement:
    """Judge the order of headings, in the text that of the last mentions."""
    headings = {
        page.file: [words(one) for one in page.all(*HEADINGS)] for page in (proof.mail, proof.web)
    }
    headings[MARKDOWN] = [
        unmarked(line).partition("](")[0]
        for line in proof.markdown.splitlines()
        if line.startswith("#")
    ]
    wrong = []
    for file, order in headings.items():
        at = {letters(said): number for number, said in reversed(list(enumerate(order)))}
        wrong += _misplaced(file, proof, at.get)
    wrong += _misplaced(TEXT, proof, partial(line_of, headed_lines(proof.text)))
    return none_of(wrong, "story stands elsewhere|stories stand elsewhere")


def _misplaced(file: str, proof: Proof, find: Callable[[str], int | None]) -> list[Place]:
    """Return the fewest stories that would have to move for all to stand in the issue's order.

    Headlines that two stories share tell nothing of order.
    """
    named = [(story, letters(headline(story))) for story in _due(proof, file)]
    times = Counter(name for _, name in named)
    found = [
        (at, story) for story, name in named if times[name] == 1 and (at := find(name)) is not None
    ]
    kept = longest_rising([at for at, _ in found])
    return [story_place(file, story) for at, story in found if at not in kept]


@rule(
    "parity-strays",
    "No format links to what is in no other",
    group=_GROUP,
    way_out="add it to the other templates too, or take it out of this one",
    verdict="note",
)
def parity_strays(proof: Proof) -> Judgement:
    """Judge links that neither come from the issue nor stand in both mail and text."""
    urls = _urls(proof)
    own = _own(proof)
    home = (link(proof.issue.masthead.url) or "").rstrip("/")
    wrong = [
        Place(file=file, text=shortened(url, 80))
        for file, found in urls.items()
        for url in sorted(found)
        if url.startswith(("http:", "https:"))
        and url not in own
        and not (home and url.startswith(home))
        and sum(url in others for others in urls.values()) < 2
    ]
    return none_of(wrong, "link does|links do")


def _own(proof: Proof) -> frozenset[str]:
    issue = proof.issue
    found = {url for story in issue.stories for url in urls_of(story)}
    if issue.sponsor and issue.sponsor.url:
        found.add(link(issue.sponsor.url) or "")
    if issue.masthead.sender:
        found.add(issue.masthead.sender.unsubscribe)
    return frozenset(found)


@rule(
    "parity-prose",
    "The editor’s words and the sponsor stand in every format",
    group=_GROUP,
    way_out="print issue.intro, issue.note, issue.closing and issue.sponsor in each template",
    verdict="warning",
)
def parity_prose(proof: Proof) -> Judgement | None:
    """Judge introduction, note, closing and sponsor; a sponsor must be named and marked as one."""
    issue = proof.issue
    wanted = {
        "the introduction": prose(issue.intro).text,
        "the note": prose(issue.note).text,
        "the closing": prose(issue.closing).text,
    }
    if issue.sponsor:
        wanted["the sponsor"] = f"{plain(issue.sponsor.name)} {prose(issue.sponsor.text).text}"
    wanted = {name: text for name, text in wanted.items() if text.strip()}
    if not wanted:
        return None
    formats = {
        MAIL: " ".join(run.text for run in proof.shown),
        WEB: " ".join(run.text for run in proof.web.runs),
        MARKDOWN: without_urls(unmarked(proof.markdown)),
        TEXT: without_urls(proof.text),
    }
    wrong = [
        Place(file=file, text=name)
        for file, text in formats.items()
        for name, said in wanted.items()
        if not says(text, said)
    ]
    return none_of(wrong, "part is missing|parts are missing", ", ".join(wanted))


@rule(
    "message-parts",
    "The message holds just what the files show",
    group=_GROUP,
    way_out="render again: newsletter render makes issue.eml of email.html and issue.txt",
)
def message_parts(proof: Proof) -> Judgement:
    """Judge that the message's parts equal email.html and issue.txt, but for line ends."""
    wrong = [
        Place(file=MESSAGE, text=f"its {kind} is not {file}")
        for kind, file, content in (
            ("text/plain", TEXT, proof.text),
            ("text/html", MAIL, proof.mail.source),
        )
        if _lines(proof.envelope.part(kind)) != _lines(content)
    ]
    return none_of(wrong, "part does not|parts do not")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n")


def _said(proof: Proof) -> Mapping[str, str]:
    return {
        WEB: _letters_of(proof.web),
        MAIL: _letters_of(proof.mail),
        MARKDOWN: letters(unmarked(proof.markdown)),
        TEXT: letters(proof.text),
    }


def _letters_of(page: Document) -> str:
    return letters(" ".join(run.text for run in page.runs))


def _urls(proof: Proof) -> Mapping[str, frozenset[str]]:
    return {
        WEB: frozenset(one.url for one in proof.web_links),
        MAIL: frozenset(one.url for one in proof.links),
        MARKDOWN: frozenset(markdown_urls(proof.markdown)),
        TEXT: frozenset(text_urls(proof.text)),
    }


def _due(proof: Proof, file: str) -> list[PrintedStory]:
    """Return the stories that *file* must have: in the mail, all that had not to give way."""
    return list(proof.due if file == MAIL else proof.issue.stories)


def _all_there(wrong: Iterable[Place], proof: Proof, thing: str) -> Judgement:
    places = tuple(wrong)
    if not places:
        return holds(f"{counted(len(proof.issue.stories), 'story')} in {len(FILES) - 1} formats")
    names = list(dict.fromkeys(place.file for place in places))
    missing = several(len(places), f"{thing} is|{thing}s are")
    return broken(f"{missing} missing in {' and '.join(names)}", places)


RULES: tuple[Rule, ...] = (
    files, parity_headlines, parity_links, parity_sources, parity_order, parity_strays,
    parity_prose, message_parts,
)  # fmt: skip
