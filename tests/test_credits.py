"""Who reported for themselves, and who hands on what others reported."""

import pytest
from fakes import NOW

from newsletter.model import Article
from newsletter.stories.credits import Credits

FILLER = "The quay stayed closed while engineers looked at the cracks in the wall. " * 15


def article(source: str, text: str = "", *, title: str = "Quay shut", language: str = "en"):
    return Article(
        id=source, title=title, text=text, source=source, first_seen=NOW, language=language
    )


def reports_for_itself(text: str, *others: str, title: str = "Quay shut", language: str = "en"):
    mine = article("Coast Monitor", text, title=title, language=language)
    known = [mine, *map(article, others)]

    return Credits(known).first_hand([mine]) == {"Coast Monitor"}


def test_a_report_that_credits_nobody_is_first_hand():
    assert reports_for_itself(FILLER, "Harbour Post")


def test_a_teaser_is_too_short_to_tell():
    assert not reports_for_itself("The quay is shut.")


@pytest.mark.parametrize(
    "credit",
    [
        "The mayor resigned, the Harbour Post reported on Friday. ",
        "LOWMERE (AP) — The mayor resigned. ",
        "The mayor resigned, she told Reuters. ",
        "The mayor resigned, according to a person who spoke to Meridian. ",
        "(dpa/lno) The mayor resigned. ",
    ],
    ids=["outlet", "dateline", "agency", "one word", "code with a region"],
)
def test_who_credits_another_outlet_or_an_agency_hands_on(credit: str):
    assert not reports_for_itself(credit + FILLER, "Harbour Post", "Meridian")


@pytest.mark.parametrize(
    "text",
    [
        "Meridian lines are thin. ",
        "The ship crossed the meridian. ",
        "Pupils sat their AP exams. ",
    ],
    ids=["opening a sentence", "in lower case", "initials"],
)
def test_a_word_like_others_is_no_credit(text: str):
    assert reports_for_itself(text + FILLER, "Meridian")


def test_in_a_language_that_capitalises_nouns_one_word_is_a_name_in_quotes_only():
    plain = "Es ist die Zeit der Flut. "
    quoted = "Das berichtet die „Zeit“. "

    assert reports_for_itself(plain + FILLER, "Zeit", language="de")
    assert not reports_for_itself(quoted + FILLER, "Zeit", language="de")


def test_an_outlet_that_the_story_is_about_is_not_credited():
    text = "The strike at the Harbour Post goes on. " + FILLER

    assert reports_for_itself(text, "Harbour Post", title="Harbour Post staff strike")
    assert reports_for_itself(text * 4, "Harbour Post")


def test_a_word_of_the_same_house_is_no_credit():
    assert reports_for_itself("She told the Monitor so. " + FILLER, "Monitor")


def test_names_are_found_in_scripts_without_spaces():
    text = "市は岸壁を閉鎖したと港新聞が報じた。" + "技術者は壁のひびを調べている。" * 40

    assert not reports_for_itself(text, "港新聞", language="ja")
