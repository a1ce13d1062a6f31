"""Which lines are no part of an article, and which only look so."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.text.clean import clean
from newsletter.text.paragraphs import paragraph_hashes, paragraphs

STORY = "The council of Port Ellery voted on Tuesday to close the old harbour bridge."
MORE = "Boats may still pass below it until the end of the month, the council said."
BOILERPLATE = (
    ("This story has been updated with words of the mayor.", "editor's note"),
    ("An earlier version of this article misstated the age of the bridge.", "editor's note"),
    ("Editor's note: Otto Brill is a member of the council.", "editor's note"),
    ("This interview has been edited for length and clarity.", "editor's note"),
    ("This is a developing story. Please check back for updates.", "editor's note"),
    ("More to come.", "editor's note"),
    ("(Adds background, quotes of the mayor)", "editor's note"),
    ("Dieser Artikel wurde am 3. Mai aktualisiert.", "editor's note"),
    ("Cet article a été mis à jour mardi.", "editor's note"),
    ("Anyone with information is asked to call the harbour police.", "contact"),
    ("If you have seen the boat, call detectives on 0555 123 456.", "contact"),
    ("The views expressed are the author's own.", "disclaimer"),
    ("Market data is delayed by at least 15 minutes.", "disclaimer"),
    ("This is not investment advice.", "disclaimer"),
    ("2:30 p.m.", "time stamp"),
    ("8.12pm GMT", "time stamp"),
    ("Ann Lim is a staff writer at the Ellery Herald.", "byline"),
    ("Reporting by Ann Lim; Editing by Otto Brill", "byline"),
    ("With inputs from agencies", "byline"),
    ("(Reporte de Ana Ruiz; Editado por Juan Gil)", "byline"),
    ("The Herald's Ann Lim explains what the council has decided.", "byline"),
    ("JUST WATCHED Bridge closes Replay More Videos ...", "link"),
    ("Full coverage: The bridge", "link"),
    ("Lesen Sie auch: Die Brücke ist zu", "link"),
    ("Te puede interesar: El puente cierra", "link"),
    ("Sur le même sujet : le pont fermé", "link"),
    ("Mayor Ann Lim Ann LimBridge vote divides harbour Lim wins again MORE said no.", "link"),
    ("Listen wherever you get your podcasts", "promotion"),
    ("Already a subscriber? Log in.", "promotion"),
    ("To continue reading, please subscribe.", "promotion"),
    ("Cet article est réservé aux abonnés.", "promotion"),
    ("Suscríbete a nuestro boletín.", "promotion"),
    ("Story continues below advertisement", "promotion"),
    ("Suivez-nous sur Facebook", "share"),
    ("Read or Share this story: https://herald.example/1", "share"),
    ("We use cookies to improve your visit.", "cookies"),
    ("Diese Seite verwendet Cookies.", "cookies"),
    ("Caption Boats pass below the old bridge.", "caption"),
    ("Fig. 3 The cracks in the second pier.", "caption"),
    ("This material may not be published, broadcast, rewritten or redistributed.", "copyright"),
)


@pytest.mark.parametrize(("line", "reason"), BOILERPLATE)
def test_a_line_around_the_article_goes_with_its_reason(line: str, reason: str):
    cleaned = clean(f"{STORY}\n{line}")

    assert cleaned.paragraphs == (STORY,)
    assert cleaned.removed == ((line, reason),)


@pytest.mark.parametrize(
    "line",
    [
        "Gov. Ann Lim (R) ordered all boats out of the harbour.",
        "A Reuters/Ipsos poll found that half of Ellery wants a new bridge.",
        "Smoke was seen above the harbour on Tuesday.",
        "A photo of the bridge was shared by thousands on Tuesday, the council said.",
        "“I am disgusted by what is shown in this video,” said Mayor Ann Lim.",
        "The browser will block cookies from other companies by default from May.",
        "The company changed its privacy policy on Monday.",
        "The new privacy policy for the harbour cameras allows films to be kept for a year.",
        "The bill, sponsored by Senator Ann Lim, passed by two votes.",
        "An advertisement of the ferry line angered fishermen on Sunday.",
        "Sandholm is becoming a member and will send two delegates.",
        "Most viewers subscribe to the channel from abroad, the broadcaster said.",
        "Users scroll through 300 posts a day, researchers found.",
        "Victims click on the link and lose their savings, police said.",
        "People read more in winter, the library of Ellery said.",
        "Officials hope that an agreement can be reached by Friday.",
        "The names of the sailors may not be published, a court ruled.",
        "Published in 1998, the novel sold two million copies.",
        "The dog began to follow him on foot to the harbour.",
        "Boats of Sinn FÃ©in members were searched on Monday.",
        "The report was revised on Monday and now counts forty cracks.",
        "Police were called to the bridge at nine and found nobody.",
        "The mayor contacted the police and the coast guard on Sunday.",
        "He wrote for the Herald and was the author of nine novels.",
        "The opinions of the two judges differ on the bridge.",
    ],
)
def test_news_that_speaks_of_such_things_stays(line: str):
    assert clean(f"{STORY}\n{line}").paragraphs == (STORY, line)


@pytest.mark.parametrize(
    ("credit", "reason"),
    [
        ("(Reporting by Ann Lim; Editing by Otto Brill)", "byline"),
        ("(Photo by Ann Lim/Getty Images)", "caption"),
        ("Photograph: Ann Lim/The Herald", "caption"),
        ("(Reuters)", "caption"),
    ],
)
def test_a_credit_behind_what_happened_is_cut_off(credit: str, reason: str):
    cleaned = clean(f"{STORY} {credit}")

    assert cleaned.paragraphs == (STORY,)
    assert cleaned.removed == ((credit, reason),)


def test_a_credit_behind_what_is_to_be_seen_takes_the_caption_with_it():
    caption = "Mayor Ann Lim speaks on the old bridge. (Reuters)"

    assert clean(caption).removed == ((caption, "caption"),)


def test_the_time_stamp_of_a_live_blog_is_cut_off():
    cleaned = clean(f"4:57 p.m. ET: {STORY}")

    assert cleaned.paragraphs == (STORY,)
    assert cleaned.removed == (("4:57 p.m. ET:", "time stamp"),)


def test_a_phone_number_for_witnesses_does_not_take_the_news_before_it():
    call = "Anyone with information is asked to call the harbour police."

    assert clean(f"{STORY} {call}").paragraphs == (STORY,)


def test_a_near_repeat_is_told_once():
    shouted = STORY.upper().replace(".", "!")

    assert clean(f"{STORY}\n{shouted}").removed == ((shouted, "repeat"),)


def test_a_long_sentence_of_an_earlier_paragraph_is_not_told_again():
    assert clean(f"{STORY} {MORE}\n{MORE}").removed == ((MORE, "repeat"),)


def test_the_last_of_two_equal_ends_is_the_one_that_goes():
    assert clean(f"{STORY} {MORE} {STORY[:-1]}").paragraphs == (f"{STORY} {MORE}",)


def test_what_the_outlet_prints_elsewhere_goes():
    motto = "The Herald is read by harbour masters in twelve towns."

    cleaned = clean(f"{STORY}\n{motto}", repeated=frozenset(paragraph_hashes(motto)))

    assert cleaned.paragraphs == (STORY,)
    assert cleaned.removed == ((motto, "stands in other articles of the outlet"),)


LINES = (
    *(line for line, _ in BOILERPLATE),
    STORY,
    f"PORT ELLERY (AP) — {STORY} {MORE}",
    f"{MORE} Sign up for our free newsletter here. Boats pass",
    f"{MORE} (Reporting by Ann Lim)",
    "voted\nto close it",
    "What comes next",
    "Is it the end?",
    "📈 Bridges 🚀 Boats.",
    "It closed.Los Angeles waits.",
)
# A word in capitals at the start is a place unless the text has it again: what is cut may decide.
TEXTS = st.lists(
    st.sampled_from(LINES) | st.text(st.characters(exclude_categories=["Cs", "Lu"]), max_size=40),
    max_size=6,
).map("\n".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


@given(TEXTS)
def test_what_is_kept_and_what_is_removed_are_together_every_word_of_the_text(text: str):
    cleaned = clean(text)

    told = " ".join((*cleaned.paragraphs, *(passage for passage, _ in cleaned.removed)))
    assert words(told) == words(" ".join(paragraphs(text)))


@given(TEXTS)
def test_what_is_clean_stays_as_it_is(text: str):
    kept = clean(text).paragraphs

    assert clean("\n".join(kept)).paragraphs == kept
