"""Which sentences a summary is made of, and which an editor would have struck out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Article, Story
from newsletter.summarise.documents import read
from newsletter.summarise.followups import choose
from newsletter.summarise.ledes import Space, best_ledes
from newsletter.summarise.readability import judge_all

SEEN = datetime(2026, 1, 5, tzinfo=UTC)
BRIDGE = (
    "The council of Port Ellery voted on Tuesday to close the Harbour Bridge after engineers found "
    "cracks in two of its piers, officials said."
)
REPAIR = "The repair of the Harbour Bridge will cost 40 million euros, according to the council."
FERRY = "Mayor Ann Lim said a ferry would carry 2,000 commuters a day across Port Ellery."
LETTER = (
    "Mayor Ann Lim has written a letter to the ministry about the Harbour Bridge, she said in an "
    "interview that ran for two hours and touched on much else besides, from the price of ferries "
    "to the state of the harbour wall and the weather in spring, and on what her predecessors had "
    "left undone in all of their years at the town hall."
)


def article(text, name, *, title="", published=None):
    return Article(
        id=name,
        title=title,
        text=text,
        source=f"outlet {name}",
        first_seen=SEEN,
        published=published,
    )


def chosen(*texts, told=(), **limits):
    """Return the sentences that are chosen from articles of these texts."""
    articles = tuple(article(text, f"a{n}") for n, text in enumerate(texts))
    reading = read(Story(id="a0", articles=articles, copies={}))
    space = Space(reading, judge_all(reading))
    return [c.text for c in choose(space, best_ledes(space, told), told=told, **limits).candidates]


def test_one_sentence_is_the_one_that_tells_most_alone():
    tease = "Commuters across Port Ellery are in for a surprise this week."

    assert chosen(f"{tease}\n{BRIDGE}", f"{BRIDGE}\n{REPAIR}", sentences=1) == [BRIDGE]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(10, 90))
def test_no_summary_is_longer_than_it_may_be(sentences, words):
    told = chosen(f"{BRIDGE}\n{REPAIR}\n{FERRY}", FERRY, sentences=sentences, words=words)

    assert len(told) <= sentences
    assert sum(len(text.split()) for text in told) <= words


def test_an_article_is_told_from_where_it_begins():
    later = "Port Ellery's Harbour Bridge, built in 1931, was closed in the vote after the report."

    assert chosen(f"{BRIDGE}\n{later}\n{REPAIR}")[0] == BRIDGE


def test_a_statement_that_another_outlet_quotes_is_nobodys_report():
    statement = "Last week, Ann opened talks with the council about closing the Harbour Bridge."
    quoted = f"“{statement}” the mayor's office said in Port Ellery on Tuesday."

    assert statement not in chosen(f"{statement}\n{REPAIR}", f"{BRIDGE}\n{quoted}")


@pytest.mark.parametrize(
    ("untold", "leaning"),
    [
        (
            LETTER,
            "The letter about the Harbour Bridge is dated 4 January, according to the council.",
        ),
        (
            "We met Paula Otto, who runs the lottery of Port Ellery, at our office on the pier.",
            "As much as 70 percent of tickets for the Harbour Bridge are sold in a day, she said.",
        ),
    ],
    ids=["a letter", "a speaker"],
)
def test_what_a_sentence_left_out_explained_is_not_spoken_of(untold, leaning):
    assert leaning not in chosen(f"{BRIDGE}\n{REPAIR}\n{untold}\n{leaning}")


def test_what_is_announced_gives_way_to_what_happened():
    ahead = "The council of Port Ellery will vote on the Harbour Bridge on Tuesday, officials said."
    done = "The council of Port Ellery voted to close the Harbour Bridge, officials said there."
    again = "The Harbour Bridge was closed by a vote of the council of Port Ellery, police said."

    assert chosen(ahead, f"{done} {REPAIR}", again)[0] != ahead


@pytest.mark.parametrize(
    "aside",
    [
        "Council of Port Ellery closes Harbour Bridge as engineers find cracks in two piers.",
        "Members of the council of Port Ellery stand at the Harbour Bridge on Jan. 4.",
        "Why it matters: The council of Port Ellery has closed the Harbour Bridge for good.",
        "The Harbour Bridge is arguably the most beautiful that the council ever built.",
    ],
    ids=["standfirst", "caption", "heading", "opinion"],
)
def test_what_an_editor_would_strike_out_stays_out(aside):
    assert aside not in chosen(f"{aside}\n{BRIDGE}\n{REPAIR}")
    assert aside not in chosen(f"{BRIDGE}\n{aside}\n{REPAIR}")


@pytest.mark.parametrize(
    "fused",
    [
        "Port Ellery Council Closes Harbour Bridge: Mayor Ann Lim The council said it voted to.",
        "Bridges 101 They closed the Harbour Bridge of Port Ellery after the council's vote.",
    ],
    ids=["headline", "label"],
)
def test_a_headline_that_runs_into_its_text_stays_out(fused):
    assert fused not in chosen(f"{fused}\n{BRIDGE}\n{REPAIR}")


def test_the_first_paragraph_goes_before_one_that_takes_it_as_known():
    lead = "Police say bomb threats sent to dozens of schools and other places are a hoax."
    leaning = "The Port Ellery police said the threats sent on Tuesday were meant to cause alarm."

    assert chosen(f"{lead}\n{leaning}", leaning)[0] == lead


def test_a_caption_that_stands_over_the_article_again_is_no_lede():
    caption = "Council leaders told the members in Port Ellery that the Harbour Bridge was closed."
    beside = f"{caption} (Ann Lim/The Ellery Post)"

    assert chosen(f"{caption}\n{beside}\n{BRIDGE}\n{REPAIR}")[0] == BRIDGE


def test_an_update_over_an_article_has_the_last_word():
    update = "Port Ellery's council said late on Wednesday that the crack in its bridge was paint."
    before = "Port Ellery's council said on Tuesday that it feared a crack in the Harbour Bridge."

    told = chosen(f"Update:\n{update}\n{before}", sentences=1)

    assert told == [update]


def test_a_summary_names_whom_all_articles_name():
    nameless = "The new sister-in-law of the king is expected to be questioned over a toy pistol."
    named = "Paula Otto, the sister-in-law of the king, was seen with a toy pistol on Tuesday."
    also = "Paula Otto said on Tuesday that the pistol was a toy, according to her spokesman."

    assert named in chosen(f"{nameless}\n{named}", also) or also in chosen(nameless, also)


def test_what_happened_in_the_end_is_worth_a_sentence():
    fed = "A nursery in Port Ellery served three children soap instead of juice, officials said."
    end = "Doctors found no signs of sickness, and the children of the nursery were released."

    assert end in chosen(f"{fed}\n{end}")


def test_a_movement_is_named_with_its_hashtag():
    march = "About 2,000 people joined a #MeToo march in Port Ellery on Tuesday, police said."

    assert chosen(f"{march}\n#ellery #march") == [march]


def test_another_article_does_not_tell_the_same_again():
    again = (
        "The Harbour Bridge of Port Ellery is closed because engineers of the council found its "
        "piers cracked in two places, officials said."
    )
    told = chosen(f"{BRIDGE}", f"{FERRY}\n{REPAIR}\n{again}")

    assert BRIDGE in told
    assert again not in told


def test_an_update_begins_with_what_is_new():
    opened = "The Harbour Bridge in Port Ellery opened again on Friday, three weeks early, it said."
    told = article(f"{BRIDGE}\n{REPAIR}", "old", published=SEEN - timedelta(days=7))

    summary = chosen(f"{BRIDGE}\n{REPAIR}", f"{opened}\n{FERRY}", told=(told,))

    assert summary[0] == opened
    assert BRIDGE not in summary


def test_an_update_goes_on_with_what_is_new():
    opened = "The Harbour Bridge in Port Ellery opened again on Friday, the council said."
    lorries = "Lorries over 12 tonnes may not use the Harbour Bridge until May, police said."
    old = article(f"{BRIDGE}\n{REPAIR}", "old", published=SEEN - timedelta(days=7))

    summary = chosen(f"{opened}\n{REPAIR}\n{lorries}", told=(old,), sentences=2)

    assert summary == [opened, lorries]
