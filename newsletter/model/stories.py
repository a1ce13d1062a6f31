"""What is thought about articles: the stories they tell, why, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsletter.model.gathering import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article's words as they are compared, kept so that nobody has to read it again.

    `digest` tells from which title, text and language it was read. `title` and `words` are terms in
    their order, each set off by a space, the latter of the part of the text that is compared: one
    text takes a fifth of the memory of its words. `shingles` are the hashes of the word 3-grams of
    all of it, sorted, each once, as little-endian 32-bit numbers.
    """

    article_id: str
    digest: str
    title: str
    words: str
    shingles: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """What an embedding model made of an article: 32-bit numbers, little-endian, of length 1."""

    article_id: str
    model: str
    digest: str
    vector: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How many articles of earlier weeks held a term, by language; older weeks count for less.

    `articles` is how many there were, `held` how many of them held each term.
    """

    articles: Mapping[str, float] = field(default_factory=dict)
    held: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The editor's word that two articles tell one story, or that they do not."""

    kind: Literal["together", "apart"]
    article_id: str
    other_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """Why an article stands in its story, or how near one came that does not.

    `score` is the value that was held against `threshold`: for an event the similarity of
    `newsletter.stories`, for a copy the Jaccard similarity of shingles (for an excerpt, how much
    of it the other text contains); for what the editor put together neither counts. `terms` are
    the shared terms that carried it, heaviest first, `weights` their shares of the similarity of
    words, 0 to 1 in all. `days` is how far apart the two were published, None where one is undated.
    `mean`, of one that does not stand in the story though it came near enough, is how near its
    story is on the mean of all pairs of both: too little; None of all others.
    """

    article_id: str
    other_id: str
    kind: Literal["copy", "event", "editor"]
    score: float
    threshold: float
    terms: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    days: float | None = None
    mean: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """How near a member of a story is to its lead, and on the mean to all other members.

    A copy is as near as the article that it repeats. `days` is how far from the lead it was
    published, None where one of both is undated. `to_each` is how near it is to each article of
    the story, in their order.
    """

    article_id: str
    to_lead: float
    to_story: float
    days: float | None
    to_each: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A story of a published issue that a later one goes on from; `score` is how near both are."""

    issue_id: str
    story_id: str
    headline: str
    publishes_at: datetime
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """What a story has to do with issues that are out.

    `earlier` are the numbers it was in, oldest first; `new` says in words what was not in them. A
    story with `earlier` and nothing `new` is a repeat, with something new an update.
    """

    earlier: tuple[Earlier, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def is_repeat(self) -> bool:
        """Return whether all of it was printed before."""
        return bool(self.earlier) and not self.new

    @property
    def is_update(self) -> bool:
        """Return whether it was printed before and has gone on since."""
        return bool(self.earlier) and bool(self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event: at least one article, the lead first, the others by date and id.

    `id` is that of the article first seen first. `copies` maps the id of a copy to that of the
    article it repeats. `bonds` are the ties that hold it together, one for each article but the
    lead, in their order: from one to the next they lead to the lead. `nearest` is the strongest tie
    to an article outside, if any was looked at, its terms as they are compared. `closeness` has a
    value for each article, in their order; `continuation` what issues that are out told of it, with
    `told` the articles that they told it from.
    """

    id: str
    articles: tuple[Article, ...]
    copies: Mapping[str, str]
    bonds: tuple[Bond, ...] = ()
    nearest: Bond | None = None
    closeness: tuple[Closeness, ...] = ()
    continuation: Continuation = Continuation()
    told: tuple[Article, ...] = ()

    @property
    def lead(self) -> Article:
        """Return the representative article."""
        return self.articles[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A story in its place: section, score and the reasons for the score in words."""

    story: Story
    section: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Words of a sentence that name a time from where they stand, and the date that they mean.

    `span` is found in the sentence, word for word. `date` is ISO 8601, as exact as the words are:
    a day "2025-01-27", a week "2025-W05", a month "2025-01", a year "2025".
    """

    span: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A sentence of an article that a sentence of a summary rests on."""

    article_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a summary and the article it was taken from, word for word.

    Shortened, it is a span of the article's sentence, begun with a capital and ended with a full
    stop. `confirmed_by` are the ids of the articles of other outlets that say the same, `dates`
    what its relative dates mean, in their order. Where a language model wrote it, `cites` are the
    sentences that it rests on, and `article_id` is the article of the first. One that is `by_hand`
    is an editor's: her words need not stand in the article, which is the story's lead.
    """

    text: str
    article_id: str
    confirmed_by: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()
    cites: tuple[Cite, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One of the values that sources give for the same thing, as it is printed, and who gives it.

    `article_ids` are in the story's order; `sentence` is where the first of them says it.
    """

    value: str
    article_ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where a story's sources disagree: at least two values for the same thing.

    `about` names the thing in the sources' words, "" where they share none that would.
    """

    kind: Literal["amount", "count", "percentage", "date", "time"]
    about: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A passage that cleaning took out of an article, and why."""

    article_id: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What an issue asks of one story's summary.

    At most `sentences` of them, in at most `words` words. `repeated` are the paragraphs of an
    article (by its id; hashes as of `newsletter.text.paragraphs`) that its outlet prints again and
    again. `timezone` is where the newsletter's readers live; `sentence_case` asks for headlines
    without capitals on every word.
    """

    sentences: int = 4
    words: int = 86
    repeated: Mapping[str, frozenset[int]] = field(default_factory=dict)
    timezone: str = "UTC"
    sentence_case: bool = False


Genre = Literal["news", "review", "opinion", "feature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A headline and up to four sentences (fewer where the sources have no more to give).

    `sure` tells whether the summariser would send it unread, `lede_sure` whether at least its first
    sentence; `score` is what that rests on. What the gate holds back for want of it stands in
    `held`, `notes` say why in words. `removed` is what cleaning took out of its articles,
    `differences` are those between the story's sources. `by` is who wrote it.
    """

    headline: str
    sentences: tuple[Sentence, ...]
    sure: bool = True
    lede_sure: bool = True
    score: float = 0.0
    genre: Genre = "news"
    held: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    differences: tuple[Difference, ...] = ()
    by: Literal["extractive", "llm"] = "extractive"
