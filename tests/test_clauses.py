"""What `newsletter.summarise.heading.clauses` promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.summarise.heading.clauses import is_plain_fact, shortened, uncredited

BRIDGE = "The council of Port Ellery closed the Harbour Bridge on Tuesday"


@pytest.mark.parametrize(
    ("tail", "cut"),
    [
        (", which engineers had warned about for years.", BRIDGE),
        (", who had asked for it.", BRIDGE),
        (", one of which had cracked.", BRIDGE),
        (", leaving 2,000 commuters without a way home.", BRIDGE),
        (", adding that a ferry would sail.", BRIDGE),
        (", while the mayor promised a ferry.", BRIDGE),
        (", as commuters looked on.", BRIDGE),
        (", after engineers found cracks in two piers.", BRIDGE),
        (", including its footpath.", BRIDGE),
        (", the first closure since 1954.", BRIDGE),
        (" (see the map below).", BRIDGE),
        (" — the first closure since 1954.", BRIDGE),
        ("; a ferry sails every hour.", BRIDGE),
    ],
)
def test_a_trailing_clause_may_go(tail: str, cut: str):
    assert shortened(BRIDGE + tail)[-1] == cut + "."


@pytest.mark.parametrize("opening", ["However, ", "Meanwhile, ", "In addition, ", "As a result, "])
def test_a_leading_connective_may_go(opening: str):
    assert shortened(f"{opening}the council closed the Harbour Bridge on Tuesday.") == (
        "The council closed the Harbour Bridge on Tuesday.",
    )


def test_a_statement_may_go_from_the_start_where_somebody_speaks():
    found = shortened("In a statement, Mayor Ann Lim said the ferry would sail on Monday.")

    assert found == ("Mayor Ann Lim said the ferry would sail on Monday.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday, the council of Port Ellery closed the old Harbour Bridge.",
        "In a statement on Monday, Mayor Ann Lim said that the ferry would sail.",
    ],
)
def test_a_date_stays(sentence: str):
    assert shortened(sentence) == ()


@pytest.mark.parametrize(
    "tail",
    [
        ", but reopened it an hour later.",
        ", which the mayor denied.",
        ", unless the cracks are mended.",
        ", although no engineer had seen a crack.",
        ", pending a vote of the whole council.",
    ],
)
def test_what_takes_back_or_conditions_the_rest_stays(tail: str):
    assert shortened(BRIDGE + tail) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "A man accused of stealing the bells of Port Ellery, which date from 1702, was freed.",
        "The mayor, who had asked for the bridge to be closed, said that a ferry would sail.",
        "Police arrested Jon Marr, who lives in Port Ellery, and his brother, a nurse, on Friday.",
        "The company earned its money in the years before the war by buying, mending and selling.",
        "The treaty that Port Ellery signed in 1954 bans the sale, storing and use of dynamite.",
        "Engineers also found that the second of the two piers, standing in the river was cracked.",
        "Did the council close the Harbour Bridge in Port Ellery, which had cracked?",
    ],
)
def test_a_sentence_stays_whole_where_a_cut_would_break_it(sentence: str):
    assert shortened(sentence) == ()


def test_nothing_is_cut_within_a_quotation():
    quoted = (
        "Mayor Ann Lim told the council “we close the bridge, which is cracked, and that is all.”"
    )

    assert shortened(quoted) == ()


def test_the_longest_comes_first():
    found = shortened(
        f"However, {BRIDGE[0].lower()}{BRIDGE[1:]}, which had cracked, officials found."
    )
    both = shortened(f"However, {BRIDGE[0].lower()}{BRIDGE[1:]}, leaving commuters stranded.")

    assert [len(one) for one in both] == sorted(map(len, both), reverse=True)
    assert both[-1] == BRIDGE + "."
    assert found == (f"{BRIDGE}, which had cracked, officials found.",)


def test_fewer_than_eight_words_are_no_sentence_of_a_summary():
    assert shortened("The council closed the bridge, which had cracked.") == ()
    assert shortened("The council closed the bridge, which had cracked.", fewest=5)


def test_a_headline_may_cut_closer():
    sentence = f"{BRIDGE} after engineers found cracks in two of its piers."

    assert shortened(sentence) == ()
    assert shortened(sentence, closely=True)[-1] == BRIDGE + "."


@pytest.mark.parametrize(
    "sentence",
    [
        "A man who was freed after he had spent ten years in jail sued the town of Port Ellery.",
        "The council did not close the old Harbour Bridge because an engineer had told it to.",
        "Port Ellery chose the engineer Jon Marr as the head of its new office of bridges.",
    ],
)
def test_even_a_headline_does_not_cut_what_carries_the_rest(sentence: str):
    assert shortened(sentence, closely=True) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        f"{BRIDGE}, officials said.",
        f"{BRIDGE}, according to the ministry of transport.",
        f"{BRIDGE}, the transport department said on Tuesday.",
        "According to police, the council of Port Ellery closed the Harbour Bridge on Tuesday.",
    ],
)
def test_a_plain_fact_may_stand_without_the_officials_who_tell_it(sentence: str):
    assert uncredited(sentence) == BRIDGE
    assert is_plain_fact(BRIDGE)


@pytest.mark.parametrize(
    "sentence",
    [
        "The driver of the night ferry was drunk when it struck the pier, police said.",
        "The clerk stole 40,000 euros from the bridge fund of Port Ellery, prosecutors said.",
        "Closing the bridge was the best choice that the town could make, officials said.",
        "“We had to close the bridge before it fell on somebody,” the ministry said.",
        "The closure of the bridge has ruined the trade of Port Ellery, Marr said.",
    ],
)
def test_a_claim_keeps_the_name_of_who_makes_it(sentence: str):
    rest = uncredited(sentence)

    assert rest is None or not is_plain_fact(rest)


@pytest.mark.parametrize(
    "sentence", [f"{BRIDGE}, police said.", "The ferry sank near Port Ellery, the mayor said."]
)
def test_shortening_alone_cuts_no_attribution(sentence: str):
    assert shortened(sentence, fewest=3) == ()


PIECES = st.sampled_from(
    ["The mayor said", ", which sank", "(a", ")", "“", "”", '"', " — so", ", leaving it", "; it is",
     " was closed", " the U.S.", ".", "However, ", " after he fell", ", and it was", "ßig", " 40"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=14).map("".join)))
def test_every_result_is_a_shorter_span_in_pairs(text: str):
    for closely in (False, True):
        for found in shortened(text, fewest=2, closely=closely):
            span = found.removesuffix(".")
            assert span[1:] in text.replace(',"', '"').replace(",”", "”") or span[1:] in text
            assert span[0].casefold() in text.casefold()
            assert len(span) < len(text.strip())
            assert found.count("“") == found.count("”")
            assert found.count('"') % 2 == 0
            assert found.count("(") == found.count(")")
