"""What `newsletter.summarise` promises."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Article, Story
from newsletter.summarise import summarise
from newsletter.text.clean import clean

SEEN = datetime(2026, 1, 5, tzinfo=UTC)
BRIDGE = (
    "The council of Port Ellery voted on Tuesday to close the Harbour Bridge after engineers found "
    "cracks in two of its piers, officials said."
)
REPAIR = "The repair of the Harbour Bridge will cost 40 million euros, according to the council."
FERRY = "Mayor Ann Lim said a ferry would carry 2,000 commuters a day across Port Ellery."


def article(text, *, name="a", title="", language="en"):
    return Article(
        id=name, title=title, text=text, source="Ellery Herald", first_seen=SEEN, language=language
    )


def story(*articles, copies=None):
    return Story(id=articles[0].id, articles=articles, copies=copies or {})


def told(*texts, **options):
    articles = (article(text, name=f"a{i}", **options) for i, text in enumerate(texts))
    return [sentence.text for sentence in summarise(story(*articles)).sentences]


def test_a_story_is_told_in_whole_sentences_of_its_articles():
    summary = summarise(story(article(f"{BRIDGE}\n{REPAIR}\n{FERRY}")))

    assert [sentence.text for sentence in summary.sentences] == [BRIDGE, REPAIR, FERRY]


def test_every_sentence_names_its_article():
    first = article(BRIDGE, name="first")
    second = article(f"{BRIDGE}\n{REPAIR}\n{FERRY}", name="second")

    for sentence in summarise(story(first, second)).sentences:
        source = first if sentence.article_id == "first" else second
        assert sentence.text in source.text


def test_a_story_without_a_usable_sentence_has_an_empty_summary():
    summary = summarise(story(article("Subscribe to our newsletter!\nPhoto: A bridge")))

    assert summary.sentences == ()
    assert not summary.sure


@pytest.mark.parametrize(
    "opening",
    [
        "However, the council of Port Ellery voted on Tuesday to close a bridge, officials said.",
        "He also said on Tuesday that the council of Port Ellery would close a bridge.",
        "That was the view of the council of Port Ellery on Tuesday, officials said there.",
        "Seemingly echoing that chain of thought, the council closed a bridge on Tuesday.",
        "On the same note, the council of Port Ellery voted to close a bridge on Tuesday.",
        "Rumors aside, the council of Port Ellery voted to close a bridge on Tuesday.",
        "Despite the setback, the council of Port Ellery voted to close a bridge on Tuesday.",
        "“The council of Port Ellery voted to close a bridge on Tuesday.”",
    ],
)
def test_no_summary_opens_with_a_sentence_that_leans_on_another(opening):
    assert opening not in told(f"{opening}\n{BRIDGE}")


@pytest.mark.parametrize(
    "aside",
    [
        "I did say last week that the council of Port Ellery would close the Harbour Bridge.",
        "Is the council of Port Ellery right to close the Harbour Bridge after all these years?",
        "The council of Port Ellery voted to close the Harbour Bridge because of the",
        "The council of Port Ellery voted on the future of the Harbour Bridge and ...",
        "An image of the Harbour Bridge in Port Ellery on a grey and rainy day.",
        "We read all the council's papers in Port Ellery so you don't have to.",
        "The council said (in Port Ellery on Tuesday that the Harbour Bridge was closed.",
        "Council Of Port Ellery Votes To Close Its Old Harbour Bridge On Tuesday Night.",
        "See the plans of the council of Port Ellery for the Harbour Bridge at https://ellery.example.",
        "This article was first printed in the yearbook of the council of Port Ellery.",
    ],
)
def test_what_no_editor_would_print_stays_out(aside):
    assert aside not in told(f"{BRIDGE}\n{aside}\n{REPAIR}\n{FERRY}")


def test_a_scene_gives_way_to_the_news():
    scene = "As the sun was rising over Port Ellery, it looked like any other day at the bridge."

    assert told(f"{scene}\n{BRIDGE}\n{REPAIR}")[0] == BRIDGE


def test_a_pronoun_may_follow_the_sentence_that_explains_it():
    sequel = "She said the ferry would run from six in the morning until midnight, every day."

    assert told(f"{FERRY} {sequel}") == [FERRY, sequel]


def test_a_sentence_from_within_a_quotation_is_not_taken_for_a_report():
    within = (
        "The council of Port Ellery knew of the cracks in the bridge for years and did nothing."
    )
    text = f"{BRIDGE}\n“This is a scandal. {within} Somebody will have to go,” Otto Brill said."

    assert within not in told(text)


def test_a_sentence_that_the_next_takes_back_does_not_have_the_last_word():
    claim = "Shipping companies of Port Ellery expected that the Harbour Bridge would open in May."
    text = f"{BRIDGE}\n{REPAIR}\n{claim} But the council of Port Ellery will not open it."

    assert told(text)[-1] != claim


def test_the_same_news_is_not_told_twice():
    again = (
        "Port Ellery's council voted on Tuesday to close the Harbour Bridge after engineers found "
        "cracks in its piers."
    )

    summary = told(f"{BRIDGE}\n{REPAIR}", f"{again}\n{FERRY}")

    assert BRIDGE in summary
    assert again not in summary


def test_of_copies_the_first_is_read():
    text = f"{BRIDGE}\n{REPAIR}\n{FERRY}"
    copied = story(article(text), article(text, name="b"), copies={"b": "a"})

    assert {sentence.article_id for sentence in summarise(copied).sentences} == {"a"}


def test_a_copy_is_read_in_place_of_the_teaser_that_it_completes():
    teaser, whole = f"{BRIDGE[:60]}…", f"{BRIDGE}\n{REPAIR}\n{FERRY}"
    copied = story(article(teaser), article(whole, name="b"), copies={"b": "a"})

    assert {sentence.article_id for sentence in summarise(copied).sentences} == {"b"}


def test_a_teaser_without_its_full_stop_is_a_sentence():
    (sentence,) = summarise(story(article(BRIDGE.removesuffix(".")))).sentences

    assert sentence.text == BRIDGE


@pytest.mark.parametrize("cut", ["to", "the", "of…"])
def test_a_teaser_that_was_cut_short_is_none(cut: str):
    assert not summarise(story(article(f"{BRIDGE.removesuffix('.')} {cut}"))).sentences


def test_a_summary_is_short():
    text = "\n".join(
        f"Engineer number {n} told the council of Port Ellery on Tuesday that pier {n} of the "
        f"Harbour Bridge had lost {n} of its {n + 7} steel anchors in a storm and would not hold."
        for n in range(2, 12)
    )

    summary = told(text)

    assert len(summary) <= 4
    assert len(" ".join(summary).split()) <= 90


def test_a_heading_parts_what_stands_around_it():
    sequel = "They had asked for it twice before and were told to wait for the spring."
    summary = told(f"{BRIDGE}\nThe long wait for repairs\n{sequel}\n{REPAIR}")

    assert sequel not in summary


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Rat von Ellerhafen hat am Dienstag beschlossen, die alte Brücke zu schließen."),
        ("fr", "Le conseil de Port-Ellery a décidé mardi de fermer le vieux pont du port."),
        ("ja", "港町の議会は火曜日、ひび割れが見つかった古い橋を閉鎖することを決めた。"),
        ("th", "สภาเมืองลงมติปิดสะพานท่าเรือเก่าเมื่อวันอังคารหลังวิศวกรพบรอยร้าวที่เสาสองต้น"),
        ("ar", "قرر مجلس المدينة يوم الثلاثاء إغلاق الجسر القديم بعد اكتشاف شقوق في دعامتين."),
    ],
    ids=["German", "French", "Japanese", "Thai", "Arabic"],
)
def test_other_languages_are_told_too(language, text):
    assert told(text, language=language) == [text]


def headline(*titles, text=BRIDGE):
    articles = (article(text, name=f"a{i}", title=title) for i, title in enumerate(titles))
    return summarise(story(*articles)).headline


@pytest.mark.parametrize(
    ("title", "tidy"),
    [
        ("LIVE: Council closes Harbour Bridge", "Council closes Harbour Bridge"),
        ("UPDATE 3-Council closes Harbour Bridge", "Council closes Harbour Bridge"),
        ("Breaking: council closes Harbour Bridge", "Council closes Harbour Bridge"),
        ("Council closes Harbour Bridge | Ellery Herald", "Council closes Harbour Bridge"),
        ("Council closes Harbour Bridge - Ellery Herald", "Council closes Harbour Bridge"),
        ("Council closes Harbour Bridge (video)", "Council closes Harbour Bridge"),
        ("Council closes Harbour Bridge.", "Council closes Harbour Bridge"),
        ("Council buys steel from the U.S.", "Council buys steel from the U.S."),
        ("Council &amp; mayor close bridge", "Council & mayor close bridge"),
        ("COUNCIL CLOSES HARBOUR BRIDGE", "Council closes Harbour Bridge"),
        ("Port Ellery: Port Ellery closes bridge", "Port Ellery closes bridge"),
        ("Ellery votes to close a bridge - and buy a ferry", None),
    ],
)
def test_a_title_becomes_a_headline(title, tidy):
    assert headline(title) == (tidy or title)


def test_who_did_what_beats_a_question():
    assert headline("Why is the Harbour Bridge closed?", "Council closes Harbour Bridge") == (
        "Council closes Harbour Bridge"
    )


def test_a_title_without_a_slip_beats_one_with():
    assert headline("Engineers warns of bridge cracks", "Engineers warn of bridge cracks") == (
        "Engineers warn of bridge cracks"
    )


def test_a_caption_is_no_headline():
    assert headline("Photo: The Harbour Bridge", "Council closes the bridge") == (
        "Council closes the bridge"
    )


def test_without_a_title_the_lede_gives_a_whole_clause():
    found = headline("")

    assert found == "The council of Port Ellery voted on Tuesday to close the Harbour Bridge"


@given(st.text(max_size=400))
def test_a_made_headline_is_the_head_of_its_lede(text):
    summary = summarise(story(article(text)))

    if summary.sentences:
        assert summary.sentences[0].text.startswith(summary.headline.removesuffix("…"))


def test_without_title_and_lede_the_first_words_are_the_headline():
    assert summarise(story(article("Bridge closed again…"))).headline == "Bridge closed again…"


PIECES = st.sampled_from(
    [BRIDGE, REPAIR, FERRY, "But he left.", "“We wept.", "Why?", "Photo: A", "He said so. It was."]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=8).map("\n".join))


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["en", "de", "ja", "xx", ""]))
def test_every_sentence_stands_word_for_word_in_its_article(texts, language):
    articles = [article(t, name=f"a{i}", language=language) for i, t in enumerate(texts)]

    summary = summarise(story(*articles))

    paragraphs = {a.id: clean(a.text).paragraphs for a in articles}
    for sentence in summary.sentences:
        assert any(sentence.text in paragraph for paragraph in paragraphs[sentence.article_id])


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_the_other_articles_does_not_matter(order):
    lead = article(BRIDGE, name="lead", title="Council closes Harbour Bridge")
    texts = [f"{REPAIR}\n{FERRY}", f"{FERRY}\n{BRIDGE}", f"{BRIDGE} {REPAIR}", REPAIR]
    others = [article(text, name=f"o{i}", title=f"Title {i} of it") for i, text in enumerate(texts)]

    shuffled = summarise(story(lead, *(others[i] for i in order)))

    assert shuffled == summarise(story(lead, *others))


def test_a_headline_from_an_endless_sentence_ends_after_a_word_with_an_ellipsis():
    endless = "The council of Port Ellery " + "and of every other town on the coast " * 6 + "met."

    found = summarise(story(article(endless))).headline

    assert len(found) <= 151
    assert found.endswith("…")
    assert endless.startswith(found.removesuffix("…") + " ")
