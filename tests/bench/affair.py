#!/usr/bin/env python3
# ruff: noqa: T201  (a tool: it prints what it measures)
"""Makes up a week with one large affair, and shows what becomes of it.

    python tests/bench/affair.py [SEED ...] [--hard]

The affair: 25 articles of 13 outlets in five stages over six days. Each stage has names, words and
figures of its own and tells half of what the affair has, in a hard week two fifths. Beside it 60
small stories of two to four articles and 500 single ones, all of them from a dozen desks that have
their own words. Prints for each seed in how many stories the affair is, how many strangers are in
them, and the pairs of the rest of the week that are wrongly joined and missed.
"""

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.model import Article
from newsletter.stories import cluster
from newsletter.workspace import word_frequencies

AFFAIR = "affair"
STAGES = (7, 6, 5, 4, 3)  # articles in each
STAGE_DAYS = 1.5
OUTLETS = 13
SMALL, SINGLES, DESKS = 60, 500, 12
# What an article of a stage tells of all that the affair has, at least and at most.
USUAL, HARD = (0.4, 0.6), (0.3, 0.5)

_MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
_SEEN = _MONDAY + timedelta(days=7)
_ONSETS = "b br d dr f g gl h k kr l m n p r s st t tr v w z".split()
_VOWELS = "a e i o u ai ei ou".split()
_CODAS = ["", "", "l", "m", "n", "r", "s", "nd", "rk", "st", "lm"]
_LINKS = "the of and to in a that for on with as by at from was were has had will would".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What there is to tell: names, words and figures."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The words that a made-up week is written in."""

    dice: random.Random
    chatter: tuple[str, ...]
    topics: tuple[str, ...]
    shares: tuple[float, ...]

    @classmethod
    def of(cls, seed: int, table: Mapping[str, float]) -> "Press":
        """Return a press that writes the same week for the same *seed* and table of words."""
        ranked = sorted((w for w in table if w.isalpha() and len(w) > 3), key=lambda w: -table[w])
        chatter, topics = tuple(ranked[:3_000]), tuple(ranked[800:9_000])
        shares = tuple(table[word] for word in chatter)
        return cls(dice=random.Random(seed), chatter=chatter, topics=topics, shares=shares)

    def name(self) -> str:
        """Return a name that nobody has."""
        syllables = range(self.dice.randint(2, 3))
        made = "".join(
            self.dice.choice(_ONSETS) + self.dice.choice(_VOWELS) + self.dice.choice(_CODAS)
            for _ in syllables
        )
        return made.capitalize()

    def event(self, desk: Sequence[str], *, names: int = 5, words: int = 16) -> Event:
        """Return an event of a desk: a third of its words are the desk's own."""
        own = self.dice.sample(self.topics, words - words // 3)
        return Event(
            names=tuple(self.name() for _ in range(names)),
            words=(*own, *self.dice.sample(list(desk), words // 3)),
            figures=tuple(str(self.dice.randint(11, 990)) for _ in range(3)),
        )

    def text(self, told: Sequence[str], sentences: int) -> str:
        """Return sentences of common words, among which each thing told stands once or twice."""
        slots = [*told, *self.dice.sample(list(told), len(told) // 2)]
        self.dice.shuffle(slots)
        cuts = [slots[i::sentences] for i in range(sentences)]
        return "\n".join(self._sentence(cut) for cut in cuts)

    def _sentence(self, told: Sequence[str]) -> str:
        words = [*told, *self.dice.choices(self.chatter, self.shares, k=7)]
        self.dice.shuffle(words)
        linked = [part for word in words for part in (self.dice.choice(_LINKS), word)]
        return " ".join(linked).capitalize() + "."

    def article(self, id_: str, events: Mapping[Event, float], day: float, outlet: int) -> Article:
        """Return an article that tells the given share of each event."""
        told: list[str] = []
        for event, share in events.items():
            for things in (event.names, event.words, event.figures):
                told += self.dice.sample(things, round(share * len(things)))
        title = " ".join(self.dice.sample(told, min(5, len(told))))
        return Article(
            id=id_,
            title=title,
            text=self.text(told, self.dice.randint(4, 9)),
            source=f"outlet{outlet}.example",
            published=_MONDAY + timedelta(days=day),
            first_seen=_SEEN,
        )


def week(
    seed: int, table: Mapping[str, float], shared: tuple[float, float] = USUAL
) -> Mapping[Article, str]:
    """Return the articles of a made-up week, each with the name of the story that it tells.

    *shared* is the range of what an article of the affair tells of all that the affair has.
    """
    press = Press.of(seed, table)
    dice = press.dice
    desks = [dice.sample(press.topics, 60) for _ in range(DESKS)]
    found = dict.fromkeys(_affair(press, desks[0], shared), AFFAIR)
    for story in range(SMALL):
        event, start = press.event(dice.choice(desks)), dice.uniform(0, 6)
        for member in range(dice.randint(2, 4)):
            day = start + dice.uniform(0, 0.8)
            id_ = f"small{story:02}-{member}"
            article = press.article(id_, {event: dice.uniform(0.5, 0.8)}, day, dice.randrange(40))
            found[article] = f"small{story}"
    for single in range(SINGLES):
        event = press.event(dice.choice(desks))
        id_ = f"single{single:03}"
        found[press.article(id_, {event: 0.7}, dice.uniform(0, 6.8), dice.randrange(40))] = id_
    return found


def _affair(press: Press, desk: Sequence[str], shared: tuple[float, float]) -> Sequence[Article]:
    """Return the affair's articles: each tells part of it, most of a stage, and some history."""
    core = press.event(desk, names=5, words=12)
    stages = [press.event(desk, names=3, words=12) for _ in STAGES]
    found: list[Article] = []
    for place, count in enumerate(STAGES):
        for member in range(count):
            told = {core: press.dice.uniform(*shared), stages[place]: press.dice.uniform(0.5, 0.7)}
            if place:
                told[stages[place - 1]] = 0.2
            day = place * STAGE_DAYS + press.dice.uniform(0, 0.8)
            outlet = len(found) % OUTLETS
            found.append(press.article(f"affair{place}-{member}", told, day, outlet))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a week: into how many stories the affair fell, and how much was wrong."""

    affair_stories: int
    strangers: int
    false_pairs: int
    missed_pairs: int


def outcome(gold: Mapping[Article, str], background: Mapping[str, Mapping[str, float]]) -> Outcome:
    """Return what clustering makes of a week; pairs are counted outside of the affair."""
    name = {article.id: story for article, story in gold.items()}
    found = [[name[a.id] for a in s.articles] for s in cluster(tuple(gold), background=background)]
    affair = [names for names in found if AFFAIR in names]
    others = [[story for story in names if story != AFFAIR] for names in found]
    members = {story: list(name.values()).count(story) for story in set(name.values()) - {AFFAIR}}
    joined = sum(len(names) * (len(names) - 1) // 2 for names in others)
    right = sum(n * (n - 1) // 2 for names in others for n in map(names.count, set(names)))
    return Outcome(
        affair_stories=len(affair),
        strangers=sum(story != AFFAIR for names in affair for story in names),
        false_pairs=joined - right,
        missed_pairs=sum(n * (n - 1) // 2 for n in members.values()) - right,
    )


def main() -> None:
    """Show the weeks of the seeds named on the command line, or of five."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--hard", action="store_true", help="stages that share less")
    options = parser.parse_args()
    background = word_frequencies(["en"])
    for seed in options.seeds:
        gold = week(seed, background["en"], HARD if options.hard else USUAL)
        print(f"seed {seed}:", outcome(gold, background))


if __name__ == "__main__":
    main()
