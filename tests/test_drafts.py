"""How a language model's answer is read: its sentences, what they cite, and nothing it thought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.summarise.grounding.drafts import read_draft

CLOSED = ("The council closed the bridge.", (1, 2))
COST = ("Repairs cost 40 million euros.", (3,))


def read(raw: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.cites) for one in read_draft(raw)]


@pytest.mark.parametrize(
    "raw",
    [
        "The council closed the bridge. [1][2]\nRepairs cost 40 million euros. [3]",
        "The council closed the bridge. [1, 2]\n\nRepairs cost 40 million euros. [3]",
        "The council closed the bridge. [1-2] Repairs cost 40 million euros. [3]",
        "The council closed the bridge [1][2]. Repairs cost 40 million euros [3].",
        "The council closed the bridge.[1] [2]\nRepairs cost 40 million euros.[3]",
        "The council [1] closed the bridge. [2]\nRepairs cost 40 million euros.\n[3]",
        "The council closed the bridge. 【1】【2†source】\nRepairs cost 40 million euros. 【3】",
        "The council closed the bridge. (1)(2)\nRepairs cost 40 million euros. (3)",
        "1. The council closed the bridge. [1][2]\n2. Repairs cost 40 million euros. [3]",
        "- The council closed the bridge. [1][2]\n* Repairs cost 40 million euros. [3]",
        "```text\nThe council closed the bridge. [1][2]\nRepairs cost 40 million euros. [3]\n```",
        "**The council closed the bridge.** [1][2]\nRepairs cost **40 million** euros. [3]",
        (
            "Here is the summary:\nThe council closed the bridge. [1][2]\nRepairs cost 40 million "
            "euros. [3]"
        ),
        (
            "Sure! Here are two sentences.\n\nSummary: The council closed the bridge. [1][2]\n"
            "Repairs cost 40 million euros. [3]\n\n(10 words)"
        ),
        (
            "The council closed the bridge. [1][2]\nRepairs cost 40 million euros. [3]\nNote: I "
            "kept to the sentences."
        ),
        (
            "The council closed the bridge. [1][2]\nRepairs cost 40 million euros. [3]<|im_end|>\n"
            "<|im_start|>user\nMore!"
        ),
    ],
)
def test_sentences_and_cites_are_read_however_they_are_set(raw: str):
    assert read(raw) == [CLOSED, COST]


@pytest.mark.parametrize(
    "raw",
    [
        "<think>The bridge [4] is old.</think>\nThe council closed the bridge. [1][2]",
        "<think>\nOne <think>two</think> three. [4]\n</think>The council closed the bridge. [1][2]",
        "<THINKING>The bridge [4] is old.</THINKING>The council closed the bridge. [1][2]",
        "< think >The bridge [4].< / think >The council closed the bridge. [1][2]",
        "<reasoning effort='high'>Old. [4]</reasoning>The council closed the bridge. [1][2]",
        "The bridge [4] is old.</think>The council closed the bridge. [1][2]",
        "The council closed the bridge. [1][2]\n<think>Should I say more? [4]",
        "◁think▷Old. [4]◁/think▷The council closed the bridge. [1][2]",
        "&lt;think&gt;Old. [4]&lt;/think&gt;The council closed the bridge. [1][2]",
        "[THINK]Old. [4][/THINK]The council closed the bridge. [1][2]",
        (
            "<|channel|>analysis<|message|>Old. [4]<|end|><|channel|>final<|message|>"
            "The council closed the bridge. [1][2]<|return|>"
        ),
    ],
)
def test_what_a_model_thought_never_gets_out(raw: str):
    assert read(raw) == [CLOSED]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<think>The council closed the bridge. [1]",
        "<|channel|>analysis<|message|>Old. [1]",
        "```",
    ],
)
def test_an_answer_that_never_begins_is_none(raw: str):
    assert read(raw) == []


def test_a_sentence_without_a_number_behind_it_cites_nothing():
    assert read("The bridge is old. The council closed the bridge. [1][2]") == [
        ("The bridge is old.", ()),
        CLOSED,
    ]


def test_a_number_in_brackets_within_a_sentence_is_its_own():
    assert read("The driver (45) was hurt. [7]") == [("The driver (45) was hurt.", (7,))]


@given(st.text(alphabet=st.sampled_from("<>/think [1].Ab\n|")), st.text(max_size=40))
def test_any_answer_at_all_can_be_read(raw: str, rest: str):
    for sentence in read_draft(raw + rest):
        assert sentence.text.strip() == sentence.text
        assert "</think>" not in sentence.text
