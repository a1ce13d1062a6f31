"""What weeks that are out leave behind: how common their words were."""

from datetime import UTC, datetime

from newsletter.model import Article, Frequencies
from newsletter.stories import cluster, compare, learned
from newsletter.workspace import word_frequencies

SEEN = datetime(2026, 3, 9, 6, tzinfo=UTC)
BACKGROUND = word_frequencies(["en", "de"])
SUMMIT = ("The Kvarner summit opened", "Kvarner summit ends without a word", "Kvarner, day two")


def article(id_: str, text: str, language: str = "en") -> Article:
    return Article(
        id=id_, title="", text=text, source=f"{id_}.example", first_seen=SEEN, language=language
    )


WEEK = tuple(article(str(n), text) for n, text in enumerate(SUMMIT))


def test_a_week_leaves_its_articles_and_how_many_held_each_term():
    known = learned(Frequencies(), WEEK)

    assert known.articles == {"en": 3.0}
    assert known.held == {"en": {"kvarner": 3.0, "summit": 2.0}}


def test_older_weeks_count_for_less_and_rare_terms_are_forgotten():
    known = learned(learned(Frequencies(), WEEK), WEEK[:1])

    assert known.articles == {"en": 2.5}
    assert known.held == {"en": {"kvarner": 2.5, "summit": 2.0}}


def test_each_language_has_its_own():
    known = learned(Frequencies(), [*WEEK, article("de1", "Wahl im Saal", "de-AT")] * 1)

    assert set(known.articles) == {"en"}


def test_copies_count_once():
    text = "\n".join(f"Line {n} tells of gate {n * 3} of the dam at Korvik." for n in range(9))
    copies = [article(f"copy{n}", text) for n in range(5)]

    assert learned(Frequencies(), [*WEEK, *copies]).articles == {"en": 4.0}


def test_no_history_changes_nothing():
    plain = cluster(WEEK, background=BACKGROUND)

    assert cluster(WEEK, background=BACKGROUND, history=Frequencies()) == plain


def test_what_was_common_for_weeks_brings_articles_less_together():
    history = Frequencies(articles={"en": 500.0}, held={"en": {"kvarner": 400.0, "summit": 300.0}})

    before = compare("0", "1", WEEK, background=BACKGROUND)
    after = compare("0", "1", WEEK, background=BACKGROUND, history=history)

    assert after.score < before.score
