"""Texts made to be slow to read: whatever an article or a model writes, a build goes on."""

from time import perf_counter

import pytest
from pace import slowness

from newsletter.model import Assignment
from newsletter.summarise.grounding.drafts import read_draft
from newsletter.summarise.grounding.faults import faults
from newsletter.summarise.grounding.prompt import Numbered
from newsletter.text.clean import clean
from newsletter.text.instructions import reads_as_instruction

# What these cost before their patterns were mended is minutes; a busy machine is allowed for.
_SOON_S = 10.0


@pytest.mark.parametrize("made_of", ["refiles ", "adds a", "(recasts, ", "#", "# "])
def test_a_paragraph_of_any_length_is_cleaned_soon(made_of: str):
    text = made_of * (60_000 // len(made_of)) + "!?"

    start = perf_counter()
    clean(text)

    assert perf_counter() - start < _SOON_S * slowness()


@pytest.mark.parametrize("made_of", ["#", "gpt/", "to gpt/", "игнорир", "игнорир ", "ignore the "])
def test_orders_are_looked_for_soon_in_a_text_of_any_length(made_of: str):
    text = made_of * (60_000 // len(made_of)) + "!"

    start = perf_counter()
    reads_as_instruction(text)

    assert perf_counter() - start < _SOON_S * slowness()


@pytest.mark.parametrize("made_of", [" ", "\t", "\u2003", "[1", "</think ", "【1†"])
def test_the_longest_answer_that_is_taken_is_read_soon(made_of: str):
    answer = "The council closed the bridge." + made_of * (64_000 // len(made_of)) + "x"

    start = perf_counter()
    read_draft(answer)

    assert perf_counter() - start < _SOON_S * slowness()


@pytest.mark.parametrize("made_of", ["1:", "1,", "[1", "A-", "A"])
def test_an_answer_is_held_soon_against_sentences_of_nothing_but_figures_or_names(made_of: str):
    passage = (made_of * 600)[:600]
    sources = [
        Numbered(number=one, text=passage, original=passage, article_id="a") for one in range(1, 21)
    ]
    cites = "".join(f"[{one.number}]" for one in sources)
    draft = read_draft(f"{(made_of * 1_700)[:1_600]}. {cites}")

    start = perf_counter()
    found = faults(draft, sources, Assignment(), "en")

    assert found
    assert perf_counter() - start < _SOON_S * slowness()
