"""Picks the headline of a story from its sources' titles, or makes one of the lede."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np

from newsletter.summarise import wording
from newsletter.summarise.documents import Candidate, Reading, bag_of
from newsletter.summarise.heading.agreement import contradicts, shares
from newsletter.summarise.heading.made import BEST_WORDS, MOST_WORDS, fits, made
from newsletter.summarise.heading.sentence_case import lowered
from newsletter.summarise.heading.sentence_case import sentence_case as in_sentence_case
from newsletter.summarise.heading.teases import breaks_off, is_asking, is_cut, is_teasing
from newsletter.summarise.heading.titles import tidy, typographic
from newsletter.summarise.readability import judge, loose_surnames
from newsletter.summarise.vectors import Vectors
from newsletter.text.clean import is_caption, is_promotional
from newsletter.text.words import base_language

_OPENING = 2  # sentences of each document that a title is held against
_DEPTH = 3  # sentences of each document that may give a headline in the lede's place
_FEWEST_WORDS = 3
_SHORT = 5  # words; a shorter title seldom says who did what
_LONGEST = 150  # characters; what is longer is a post rather than a title
_LONG = 110
_READ = 3_500  # characters of a text that show whether its title breaks off
_LAST_RESORT = 400  # characters of a headline that nothing shortens
# What it is worth that a title fits the lede that it will stand above, is of the same article, of
# the same days: the nearest title may tell another day of the story.
_LEDE = 0.8
_SAME_ARTICLE = 0.4
_SAME_DAY = 0.25
_OTHER_LANGUAGE = 0.5
_NAMELESS = 0.25  # what a title loses that has none of the lede's names
_AROUND = ".,:;!?’'\"“”‘()"
_AGREES = 2  # telling words that a title of another article has in common with the lede
_NEAR, _NEARER = 0.35, 0.5  # cosine to the lede of an opening, and of another article

_PERSONAL = re.compile(r"\b(?:I|we|you|your|my|our|us|me|I[’']m|we[’']re|you[’']re)\b")
_VAGUE_OPENING = re.compile(r"^(?:he|she|it|they|this|that|these|those|there)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"\b(?:bets|rise of|era|overshadow\w*|raises? questions|looms?|sparks?|slams?|blasts?|stuns?"
    r"|shock\w*|needs? to|must|rips?|destroys?|melts? down|fumes?|epic|bombshell"
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
# UTF-8 that was read as Latin-1.
_MISREAD = re.compile("[ÃÂ][\u0080-\u00bf]|â€")
_ADDRESS = re.compile(r"https?://|www\.|(?:^|\s)[@#]\w")


@dataclass(frozen=True, slots=True)
class _Title:
    """A tidied title and its document; one that is no good is printed at need only."""

    text: str
    document: int
    language: str
    published: datetime | None
    good: Literal["yes", "teases", "no"]

    @property
    def is_english(self) -> bool:
        return base_language(self.language) == "en"


def headline(reading: Reading, lede: Candidate | None, *, sentence_case: bool = False) -> str:
    """Return the headline: the best of the sources' titles, tidied, or clauses of the lede.

    "" where the story has no word of text. Best is the title nearest to the lede that it stands
    above, to the other titles and to the openings of all texts, that tells who did what. None is
    taken that was cut, that asks or teases, or that tells something else than the lede; where no
    other is there, a headline is made of the lede by leaving out whole clauses. With
    *sentence_case* English titles lose the capitals that only their style gave them.
    """
    titles = _titles(reading, lede)
    best = _best(reading, [title for title in titles if title.good == "yes"], lede)
    if best is None and lede is not None:
        own = _made(reading, lede)
        spare = _best(reading, [title for title in titles if title.good == "teases"], lede)
        # A lede that has nothing of the title is not what the article is about.
        on_topic = spare is None or shares(spare.text, lede.text, spare.language) >= _AGREES
        if spare is None or (on_topic and fits(own, 2 * MOST_WORDS, _LAST_RESORT)):
            return fitted(own)
        best = spare
    best = best or _best(reading, titles, lede)
    if best is None:
        return fitted(_first_words(reading), _LONGEST)
    text = lowered(best.text, reading)
    if sentence_case and best.is_english:
        text = in_sentence_case(text, reading)
    return fitted(typographic(text) if best.is_english else text)


def fitted(text: str, longest: int = _LAST_RESORT) -> str:
    """Return *text*, cut after a word and ended by an ellipsis if over *longest* characters."""
    if len(text) <= longest:
        return text
    end = text.rfind(" ", 0, longest)
    cut = text[: end if end > 0 else longest].rstrip(" ,;:–—-")
    if cut.count("“") != cut.count("”") or cut.count('"') % 2:
        cut = re.sub('[“”"]', "", cut)  # a quotation that the cut would leave open
    return cut + "…"


def _made(reading: Reading, lede: Candidate) -> str:
    """Return the headline that the lede gives, or a shorter one of an opening that says as much."""
    weights = _weights(reading, lede)
    own = made(lede.text, reading.texts[lede.document].article.language, weights)
    if fits(own, MOST_WORDS) or not lede.english:
        return own
    others = [one for one in reading.candidates if _may_serve(one, lede, reading)]
    if not others:
        return own
    cosines = Vectors([lede.bag, *(one.bag for one in others)]).cosines()[0, 1:]
    for place in np.argsort(-cosines, kind="stable"):
        is_own = others[place].document == lede.document
        if cosines[place] < (_NEAR if is_own else _NEARER):
            continue
        shorter = made(others[place].text, "en", weights)
        if fits(shorter, BEST_WORDS + 2, _LONG + 10):
            return shorter
    return own


def _weights(reading: Reading, lede: Candidate) -> Counter[str]:
    """Return in how many openings of other texts than the lede's each word stands."""
    openings = [t.candidates[:_DEPTH] for t in reading.texts if lede not in t.candidates]
    return Counter(
        term for opening in openings for term in frozenset[str]().union(*(c.terms for c in opening))
    )


def _may_serve(other: Candidate, lede: Candidate, reading: Reading) -> bool:
    """Tell whether an opening may give the headline instead: it stands alone as the lede does."""
    if other.index >= _DEPTH or not other.english or other == lede:
        return False
    if not other.name_words & lede.name_words or contradicts(other.text, lede.text, "en"):
        return False
    found = judge(other)
    faulty = found.dangling or found.anaphoric or found.deictic or found.scene or found.opinion
    return found.usable and not faulty and not loose_surnames(other, reading, ())


def _first_words(reading: Reading) -> str:
    """Return a title too short to choose, else the first words there are, "" where none."""
    titles = (text.article.title for text in reading.texts)
    sentences = (
        made(candidate.text, reading.texts[candidate.document].article.language)
        for candidate in reading.candidates
    )
    lines = (text.article.text.split("\n", 1)[0] for text in reading.texts)
    return next(filter(None, (*titles, *sentences, *lines)), "")


def _titles(reading: Reading, lede: Candidate | None) -> list[_Title]:
    """Return the tidied titles that may be a headline."""
    found: list[_Title] = []
    for document, text in enumerate(reading.texts):
        article = text.article
        raw = article.title
        if not raw.strip() or is_caption(raw) or is_promotional(raw):
            continue
        # An unnamed source is called by its title: that is no outlet's name to be taken off.
        outlet = article.source if article.named or "." in article.source else ""
        title = tidy(raw, "" if outlet == raw else outlet)
        if title.isascii() and len(title.split()) < _FEWEST_WORDS:
            continue
        # Forums write the topic's own title where an outlet's name belongs.
        if not title or (title.casefold() == outlet.casefold() and not _tells(title.split())):
            continue
        found.append(
            _Title(
                text=title,
                document=document,
                language=article.language,
                published=article.published,
                good="no"
                if breaks_off(title, article.text[:_READ])
                else _good(title, document, article.language, lede),
            )
        )
    return found


def _good(
    title: str, document: int, language: str, lede: Candidate | None
) -> Literal["yes", "teases", "no"]:
    """Tell whether *title* may stand above the lede: whole, about the same, and telling."""
    if is_cut(title) or len(title) > _LONGEST or _ADDRESS.search(title):
        return "no"
    english = base_language(language) == "en"
    if lede is not None and english == lede.english:
        if contradicts(title, lede.text, language):
            return "no"
        if lede.document != document and shares(title, lede.text, language) < _AGREES:
            return "no"
    return "teases" if is_asking(title) or (english and is_teasing(title)) else "yes"


def _best(reading: Reading, titles: Sequence[_Title], lede: Candidate | None) -> _Title | None:
    usable = [title for title in titles if not is_cut(title.text)]
    if not usable:
        return None
    scores = _scores(reading, usable, lede)
    # Ties go to the lead's, then to the shorter.
    place = max(
        range(len(usable)),
        key=lambda i: (round(scores[i], 9), -usable[i].document, -len(usable[i].text)),
    )
    return usable[place]


def _scores(reading: Reading, titles: Sequence[_Title], lede: Candidate | None) -> list[float]:
    openings = [c.bag for text in reading.texts for c in text.candidates[:_OPENING]]
    bags = [bag_of(title.text, title.language) for title in titles]
    cosines = Vectors([*bags, *openings, lede.bag if lede else ()]).cosines()
    count = len(titles)
    to_titles = (cosines[:count, :count].sum(axis=1) - 1.0) / max(1, count - 1)
    to_openings = cosines[:count, count:-1].mean(axis=1) if openings else np.zeros(count)
    to_lede = cosines[:count, -1]
    of_lede = reading.texts[lede.document].article if lede else None
    dates = [title.published for title in titles]
    then = of_lede.published if of_lede else None
    then = then or max((date for date in dates if date is not None), default=None)
    scores: list[float] = []
    for i, title in enumerate(titles):
        score = float(to_titles[i]) + 0.8 * float(to_openings[i]) + _LEDE * float(to_lede[i])
        score += _SAME_ARTICLE * (lede is not None and lede.document == title.document)
        if title.published is not None and then is not None:
            days = abs((then - title.published).total_seconds()) / 86_400
            score += _SAME_DAY * float(np.exp(-days))
        if of_lede and base_language(of_lede.language) != base_language(title.language):
            score -= _OTHER_LANGUAGE
        if lede is not None and lede.name_words:
            words = {word.strip(_AROUND).casefold() for word in title.text.split()}
            score -= _NAMELESS * words.isdisjoint(word.casefold() for word in lede.name_words)
        scores.append(score - _faults(title))
    return scores


def _faults(title: _Title) -> float:
    """Return what a reader would hold against *title* as a headline."""
    text = title.text
    words = text.split()
    faults = 0.15 * (len(text) > _LONG) + 1.0 * (len(text) > _LONGEST)
    faults += 0.6 * (_MISREAD.search(text) is not None)
    if not title.is_english:
        return faults
    faults += 0.45 * (not _tells(words))
    faults += 0.3 * (
        _PERSONAL.search(text) is not None or wording.opines(text, text.lower().split())
    )
    faults += 0.2 * (text[0] in "“\"‘'") + 0.2 * (_VAGUE_OPENING.match(text) is not None)
    faults += 0.15 * (": " in text) + 0.15 * (_COMMENT.search(text) is not None)
    faults += 0.6 * (_DOUBLED.search(text) is not None or _DISAGREES.search(text) is not None)
    faults += 0.2 * (not any(word[0].isupper() for word in words[1:]))
    return faults + 0.3 * (len(words) < _SHORT)


def _tells(words: list[str]) -> bool:
    """Tell whether a title's *words* hold what looks like a verb, in whatever case."""
    lower = [word.lower().strip(_AROUND) for word in words[1:]]
    return wording.has_verb(" ".join(lower)) or any(_PRESENT.match(word) for word in lower)
