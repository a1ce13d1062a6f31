"""Picks the headline of a story from its sources' titles, or takes it from the lede."""

import re

import numpy as np

from newsletter.summarise import wording
from newsletter.summarise.documents import Candidate, Reading, bag_of
from newsletter.summarise.titles import clause_of, fitted, tidy
from newsletter.summarise.vectors import Vectors
from newsletter.text.clean import is_caption, is_promotional
from newsletter.text.words import base_language

_OPENING = 2  # sentences of each document that a title is held against
_FEWEST_WORDS = 3
# What it is worth that a title fits the lede that it will stand above, and is of the same article:
# the nearest title may tell another day of the story.
_LEDE = 0.8
_SAME_ARTICLE = 0.28
_SHORT = 5  # words; a shorter title seldom says who did what

_ASKS = re.compile(
    r"^(?:what|why|how|here[’']s|who|when|where|which|is|are|can|could|should|will|does|do|did"
    r"|everything|\d+ (?:things|ways"
    r"|reasons|takeaways|facts|questions|charts|photos)|five things|meet|inside|watch|see|listen"
    r"|read)\b"
    r"|\?$|\bwhat (?:to|we|you) know\b|\b(?:takeaways|explained|explainer|things to know"
    r"|live updates?|as it happened"
    r"|in pictures|photos|quiz|recap|round-?up|newsletter|podcast)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:I|we|you|your|my|our|us|me|I[’']m|we[’']re|you[’']re)\b")
_VAGUE_OPENING = re.compile(r"^(?:he|she|it|they|this|that|these|those|there)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"\b(?:bets|rise of|era|overshadow\w*|raises? questions|looms?|sparks?|slams?|blasts?|stuns?"
    r"|shock\w*|needs? to|must"
    r"|the case for|the problem with|lessons?|opinion|editorial|review|analysis|could mean"
    r"|may be)\b",
    re.IGNORECASE,
)
_DOUBLED = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
# "Ambitions Stands": a plural noun that takes a singular verb.
_DISAGREES = re.compile(
    r"\b\w{3,}(?:ions|ments|ings|ers|ists|ies|tors|ants|ages|sses) (?:is|was|has|stands|says"
    r"|remains|shows|makes|takes"
    r"|gets|goes|wants|plans|faces|warns)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"(?:[a-z]{3,}s|[a-z]{2,}ed)$")


def headline(reading: Reading, lede: Candidate | None) -> str:
    """Return the headline: the best of the sources' titles, tidied, or a clause of the lede.

    "" where the story has no word of text. Best is the title nearest to the other titles and to the
    openings of all texts, and to the lede that it stands above, that tells who did what, and
    neither asks nor comments.
    """
    titles = _titles(reading)
    if not titles:
        return clause_of(lede.text if lede else _opening(reading))
    scores = _scores(reading, titles, lede)
    # Ties go to the lead's, then to the shorter.
    best = max(
        range(len(titles)), key=lambda i: (round(scores[i], 9), -titles[i][0], -len(titles[i][1]))
    )
    return fitted(titles[best][1])


def _opening(reading: Reading) -> str:
    """Return a title too short to choose, else the first words there are, "" where none."""
    titles = (text.article.title for text in reading.texts)
    sentences = (candidate.text for candidate in reading.candidates)
    lines = (text.article.text.split("\n", 1)[0] for text in reading.texts)
    return next(filter(None, (*titles, *sentences, *lines)), "")


def _titles(reading: Reading) -> list[tuple[int, str]]:
    """Return the tidied titles that may be a headline, each with its document."""
    found: list[tuple[int, str]] = []
    for document, text in enumerate(reading.texts):
        raw = text.article.title
        if not raw.strip() or is_caption(raw) or is_promotional(raw):
            continue
        # An unnamed source is called by its title: that is no outlet's name to be taken off.
        outlet = text.article.source if text.article.named else ""
        title = tidy(raw, outlet, reading.lexicon)
        if title.isascii() and len(title.split()) < _FEWEST_WORDS:
            continue
        if title and title.casefold() != outlet.casefold():
            found.append((document, title))
    return found


def _scores(reading: Reading, titles: list[tuple[int, str]], lede: Candidate | None) -> list[float]:
    openings = [c.bag for text in reading.texts for c in text.candidates[:_OPENING]]
    bags = [bag_of(title, reading.texts[document].article.language) for document, title in titles]
    cosines = Vectors([*bags, *openings, lede.bag if lede else ()]).cosines()
    count = len(titles)
    to_titles = (cosines[:count, :count].sum(axis=1) - 1.0) / max(1, count - 1)
    to_openings = cosines[:count, count:-1].mean(axis=1) if openings else np.zeros(count)
    to_lede = cosines[:count, -1]
    dates = [reading.texts[document].article.published for document, _ in titles]
    newest = max((date for date in dates if date is not None), default=None)
    scores: list[float] = []
    for i, (document, title) in enumerate(titles):
        score = float(to_titles[i]) + 0.8 * float(to_openings[i]) + _LEDE * float(to_lede[i])
        score += _SAME_ARTICLE * (lede is not None and lede.document == document)
        date = dates[i]
        if date is not None and newest is not None:
            score += 0.18 * float(np.exp(-(newest - date).total_seconds() / 86_400))
        english = base_language(reading.texts[document].article.language) == "en"
        scores.append(score - _faults(title, english=english))
    return scores


def _faults(title: str, *, english: bool) -> float:
    """Return what a reader would hold against *title* as a headline."""
    words = title.split()
    faults = 0.6 * title.endswith(("?", "？")) + 0.5 * title.endswith(("…", "..."))
    faults += 0.2 * (title.count('"') % 2 or title.count("“") != title.count("”"))
    faults += 0.15 * (len(title) > 110)
    if not english:
        return faults
    faults += 0.6 * (_ASKS.search(title) is not None and not title.endswith("?"))
    faults += 0.3 * (not _tells(words))
    faults += 0.3 * (
        _PERSONAL.search(title) is not None or wording.opines(title, title.lower().split())
    )
    faults += 0.2 * (title[0] in "“\"‘'") + 0.2 * (_VAGUE_OPENING.match(title) is not None)
    faults += 0.15 * (": " in title) + 0.15 * (_COMMENT.search(title) is not None)
    faults += 0.3 * (_DOUBLED.search(title) is not None or _DISAGREES.search(title) is not None)
    faults += 0.2 * (not any(word[0].isupper() for word in words[1:]))
    return faults + 0.3 * (len(words) < _SHORT)


def _tells(words: list[str]) -> bool:
    """Tell whether a title's *words* hold what looks like a verb, in whatever case."""
    lower = [word.lower().strip(",.:;!?’'\"“”") for word in words[1:]]
    return wording.has_verb(" ".join(lower)) or any(_PRESENT.match(word) for word in lower)
