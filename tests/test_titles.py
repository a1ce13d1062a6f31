"""What `newsletter.summarise.heading.titles` promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.summarise.heading.teases import breaks_off, is_asking, is_cut, is_teasing
from newsletter.summarise.heading.titles import tidy, typographic

PLAIN = "Council closes Harbour Bridge"


@pytest.mark.parametrize(
    "title",
    [
        "LIVE: Council closes Harbour Bridge",
        "UPDATE 1-Council closes Harbour Bridge",
        "Update 3: Council closes Harbour Bridge",
        "Breaking News | Council closes Harbour Bridge",
        "Opinion | Council closes Harbour Bridge",
        "Exclusive - council closes Harbour Bridge",
        "WATCH: Council closes Harbour Bridge",
        "Video: Council closes Harbour Bridge",
        "[Updated] Council closes Harbour Bridge",
        "Council closes Harbour Bridge [Updated]",
        "Council closes Harbour Bridge (Reuters)",
        "Council closes Harbour Bridge – live updates",
        "Council closes Harbour Bridge: in pictures",
        "<b>Council</b> closes Harbour&nbsp;Bridge",
        "🚨 Council closes Harbour Bridge 🌉",
        "Council closes Harbour Bridge.",
        "“Council closes Harbour Bridge",
    ],
)
def test_what_is_not_the_title_goes(title: str):
    assert tidy(title, "") == PLAIN


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Council closes Harbour Bridge | Ellery Herald", ""),
        ("Council closes Harbour Bridge - Ellery Herald", ""),
        ("Council closes Harbour Bridge — ElleryHerald.com", ""),
        ("Council closes Harbour Bridge - the port daily", "Port Daily"),
        ("Council closes Harbour Bridge - Port Daily", "portdaily.example"),
        ("Port Daily: Council closes Harbour Bridge", "Port Daily"),
        ("Port Daily | council closes Harbour Bridge", "www.portdaily.example"),
        ("Council closes Harbour Bridge | News | Port Daily", "Port Daily"),
    ],
)
def test_the_outlet_goes(title: str, source: str):
    assert tidy(title, source) == PLAIN


@pytest.mark.parametrize(
    "title",
    [
        "Ellery votes to close a bridge - and buy a ferry",
        "Mayor: we close the Harbour Bridge",
        "Council buys steel from the U.S.",
        "Live cattle ferried over the harbour",
        "Report on bridges names Port Ellery",
        "iFerry sails - twice",
    ],
)
def test_a_title_that_is_all_its_own_stays(title: str):
    assert tidy(title, "Ellery Herald") == title


def test_a_place_goes_where_the_title_names_it_again():
    assert tidy("Ellery: Ellery closes bridge", "") == "Ellery closes bridge"
    assert tidy("Ellery: council closes bridge", "") == "Ellery: council closes bridge"


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ("Mayor's ferry is 'ready to sail'", "Mayor’s ferry is ‘ready to sail’"),
        ('"Ready to sail", says mayor', "“Ready to sail”, says mayor"),
        ("Mayor says 'we don't wait'", "Mayor says ‘we don’t wait’"),
        ("Engineers' report of the '90s", "Engineers’ report of the ’90s"),
    ],
)
def test_quotation_marks_are_curly(straight: str, curly: str):
    assert typographic(straight) == curly


@pytest.mark.parametrize(
    "title",
    [
        "You won't believe what the mayor said",
        "Here's why the bridge is closed",
        "Bridge closure: what to know",
        "5 things about the new ferry",
        "How the ferry was built",
        "This is the ferry of the future",
        "Everything you need to know about the ferry",
        "Port Ellery's ferry, explained",
    ],
)
def test_a_tease_is_told(title: str):
    assert is_teasing(title)


@pytest.mark.parametrize(
    "title",
    [
        "WHO warns of fever in Port Ellery",
        "Thisted closes its bridge",
        "Five engineers resign over bridge",
        "Howe wins vote in Port Ellery",
    ],
)
def test_what_tells_is_no_tease(title: str):
    assert not is_teasing(title)


@pytest.mark.parametrize("title", ["Is the bridge safe?", "Wem gehört die Brücke?", "橋は安全か？"])
def test_a_question_is_told_in_any_language(title: str):
    assert is_asking(title)


def test_a_title_that_was_cut_short_is_told():
    assert is_cut("Council closes Harbour Bridge after…")
    assert is_cut("Council closes Harbour Bridge after ...")
    assert breaks_off("Council closes Harbour Bri", "The Harbour Bridge was closed.")
    assert not breaks_off("Council closes Harbour Bridge", "All harbour bridges were closed.")


@given(st.text(max_size=120), st.text(max_size=20))
def test_tidying_twice_changes_little(title: str, source: str):
    once = tidy(title, source)

    assert len(tidy(once, source)) <= len(once)
