"""What kind of story a story is: news, or what only gets a line."""

from datetime import UTC, datetime

import pytest

from newsletter.model import Article, Story
from newsletter.summarise.documents import read
from newsletter.summarise.genre import genre_of

SEEN = datetime(2026, 1, 5, tzinfo=UTC)
REPORT = (
    "The council of Port Ellery voted on Tuesday to close the Harbour Bridge, officials said. "
    "Engineers found cracks in two of its piers, according to the council. "
    "Mayor Ann Lim said a ferry would carry 2,000 commuters a day. Police said nobody was hurt. "
    "The repair will cost 40 million euros, a spokesman for the council said."
)
PANNED = (
    "The plot of “The Long Pier” is arguably the weakest of the director's career. Its characters "
    "wander through scenes that simply never end. The cast is wonderful and has nothing to do. "
    "The script is a terrible bore, and the soundtrack is worse. Audiences will love the sea."
)
GRUMBLE = (
    "The council's plan is ridiculous. It is perhaps the worst idea in the history of the port. "
    "A bridge is really not a toy. The mayor clearly wonders who asked for one. "
    "This is an awful way to run a town, and everyone honestly knows it."
)
RECIPE = (
    "You will need two onions and a herring. Cut your herring in half before you cut the onions. "
    "Your pan should be hot when you put the onions in. Then you add a cup of stock. "
    "Leave it on the stove until you can smell it from the hall."
)


def article(name="a", *, text=REPORT, title="", url=None, categories=()):
    return Article(
        id=name,
        title=title,
        text=text,
        url=url,
        categories=categories,
        source=f"outlet {name}",
        first_seen=SEEN,
    )


def genre(*articles):
    story = Story(id=articles[0].id, articles=articles, copies={})
    return genre_of(read(story), story)


def test_a_report_is_news():
    assert genre(article()) == "news"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ellery.example/opinion/2026/01/bridge", "opinion"),
        ("https://ellery.example/movie-reviews/the-long-pier", "review"),
        ("https://ellery.example/2026/op-ed/bridge", "opinion"),
        ("https://ellery.example/town/opinion-close-the-bridge", "opinion"),
        ("https://ellery.example/recipes/herring", "feature"),
        ("https://hafen.example/meinung/bruecke", "opinion"),
        ("https://puerto.example/opiniones/el-puente", "opinion"),
        ("https://ellery.example/news/council-opinion-on-bridge", "news"),
        ("https://opinion.example/town/bridge", "news"),
        ("https://ellery.example/news-features/bridge", "news"),
    ],
)
def test_the_section_in_the_address_tells_the_genre(url, expected):
    assert genre(article(url=url)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Opinion | Close the bridge", "opinion"),
        ("Film review: The Long Pier", "review"),
        ("The Long Pier review – all at sea", "review"),
        ("Seven ways to cross the harbour", "feature"),
        ("How to cook a herring", "feature"),
        ("Court orders a new review of the bridge", "news"),
        ("Five die as the Harbour Bridge falls", "news"),
    ],
)
def test_the_title_tells_the_genre(title, expected):
    assert genre(article(title=title)) == expected


def test_the_category_of_a_feed_tells_the_genre():
    assert genre(article(categories=("Town", "Commentary"))) == "opinion"


@pytest.mark.parametrize(
    ("text", "expected"), [(PANNED, "review"), (GRUMBLE, "opinion"), (RECIPE, "feature")]
)
def test_what_no_label_names_is_known_by_how_it_talks(text, expected):
    assert genre(article(text=text)) == expected


def test_one_comment_among_reports_leaves_the_story_news():
    assert genre(article("a"), article("b"), article("c", text=GRUMBLE)) == "news"


def test_a_story_that_most_outlets_comment_on_is_opinion():
    labelled = article("c", url="https://ellery.example/columns/bridge", text=REPORT)

    assert genre(article("a"), article("b", text=GRUMBLE), labelled) == "opinion"
