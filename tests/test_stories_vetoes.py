"""What is told by one pattern is neither a copy nor one event."""

from datetime import UTC, datetime

import pytest

from newsletter.model import Article
from newsletter.stories import cluster, copy_groups
from newsletter.workspace import word_frequencies

BACKGROUND = word_frequencies(["en"])
SEEN = datetime(2026, 3, 9, tzinfo=UTC)
FEED = "https://ledger.example/feed"
PATTERNS = {
    "two earthquakes": (
        """Magnitude 6.1 earthquake hits Karadag
An earthquake of magnitude 6.1 struck Karadag early on Monday, killing at least 12 people, officials
said. Rescue workers searched the rubble of collapsed houses.""",
        """Magnitude 6.4 earthquake hits Puerto Lindo
An earthquake of magnitude 6.4 struck Puerto Lindo late on Saturday, injuring at least four people,
officials said. Rescue workers searched the rubble of collapsed houses.""",
    ),
    "two companies' results": (
        """Norvik profit rises 12% in third quarter
Norvik reported third-quarter net profit of 420 million crowns, up 12% from a year earlier, and
raised its full-year outlook. Shares rose 3% in early trading.""",
        """Talgren profit falls 8% in third quarter
Talgren reported third-quarter net profit of 180 million crowns, down 8% from a year earlier, and
cut its full-year outlook. Shares fell 5% in early trading.""",
    ),
    "two stabbings": (
        """Man stabbed to death in Harrowgate car park
A 34-year-old man was stabbed to death in a car park in Harrowgate on Monday night. Police arrested
a 22-year-old suspect nearby.""",
        """Teenager dies after stabbing in Dunmere
A teenager has died after being stabbed near a bus station in Dunmere on Friday evening. Police have
made no arrests and appealed for witnesses to come forward.""",
    ),
}
EPISODE = """We read letters from listeners about mending bicycles and answer what they ask: which \
oil for which chain, how long a tyre lasts, and whether an old frame can be straightened."""
WHOLE = """The council of Oster voted on Monday to keep the night bus for another year, after two \
hundred people had signed for it. The mayor, Ida Brun, said that nurses need it to get home. \
The line costs the town forty thousand crowns a month and carries some ninety people a night."""
DIGEST = """What we wrote this week, in case that you missed any of it. On Tuesday we were at the \
harbour, where the last of the herring boats was sold to a museum. On Thursday we tried out the \
new bakery in Mill Street, whose rye bread is worth the walk."""


def article(id_: str, text: str, *, source: str = "", origin: str = "") -> Article:
    title, body = text.split("\n", 1)
    origins = (origin,) if origin else ()
    return Article(id=id_, title=title, text=body, source=source, first_seen=SEEN, origins=origins)


def own(*texts: str) -> list[Article]:
    """Articles of one outlet's feed."""
    return [article(str(n), text, source="Ledger", origin=FEED) for n, text in enumerate(texts)]


def others(*texts: str) -> list[Article]:
    """Articles of as many outlets."""
    return [
        article(str(n), text, source=f"{n}.example", origin=f"https://{n}.example/feed")
        for n, text in enumerate(texts)
    ]


def count(articles: list[Article]) -> int:
    return len(cluster(articles, background=BACKGROUND))


@pytest.mark.parametrize("pair", PATTERNS.values(), ids=PATTERNS.keys())
def test_a_pattern_makes_no_copies(pair: tuple[str, str]):
    assert copy_groups(others(*pair)) == {}


@pytest.mark.parametrize("pair", PATTERNS.values(), ids=PATTERNS.keys())
def test_twins_are_two_stories(pair: tuple[str, str]):
    assert count(others(*pair)) == 2


@pytest.mark.parametrize(
    ("one", "next_"),
    [("Wheels, episode 12", "Wheels, episode 13"), ("Wheels, part IV", "Wheels, part V")],
)
def test_parts_of_a_series_are_neither_copies_nor_one_story(one: str, next_: str):
    parts = own(f"{one}\n{EPISODE}", f"{next_}\n{EPISODE} Next week: lamps.")

    assert copy_groups(parts) == {}
    assert count(parts) == 2


def test_two_outlets_count_up_no_series():
    parts = others(f"Wheels, 12 letters\n{EPISODE}", f"Wheels, 13 letters\n{EPISODE} And lamps.")

    assert len(copy_groups(parts)) == 1


def test_what_a_feed_says_all_the_time_joins_none_of_its_articles():
    plants = "tomato bean marrow turnip celery lettuce radish spinach leek fennel".split()
    notes = [
        f"Garden diary: {plant}\nOur allotment gardener tells what the {plant} wants this month, "
        "with compost, mulch and patience, and answers the letters of allotment gardeners."
        for plant in plants
    ]

    assert count(own(*notes)) == len(notes)


def test_a_teaser_in_its_own_paper_s_digest_is_no_copy_of_it():
    teaser, digest = own(f"Night bus stays\n{WHOLE}", f"The week\n{DIGEST} {WHOLE} {DIGEST}")

    assert copy_groups([teaser, digest]) == {}


def test_an_article_that_grew_is_a_copy_in_its_own_paper():
    first, grown = own(f"Night bus stays\n{WHOLE}", f"Night bus stays on\n{WHOLE} {DIGEST}")

    assert copy_groups([first, grown]) == {"0": "1"}
