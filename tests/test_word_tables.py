"""Tables of words: languages that share one, and those that have none."""

import pytest

from newsletter.workspace import common_words, word_frequencies


@pytest.mark.parametrize(
    ("tag", "listed", "word"),
    [
        ("no", "nb", "ikke"),
        ("nn", "nb", "det"),
        ("hr", "sh", "nije"),
        ("sr-Latn", "sh", "nije"),
        ("bs", "sh", "nije"),
        ("tl", "fil", "ang"),
        ("iw", "he", "לא"),
        ("in", "id", "yang"),
    ],
)
def test_a_language_under_another_tag_has_its_table(tag: str, listed: str, word: str):
    tables = word_frequencies([tag, listed])

    assert tables[tag] == tables[listed]
    assert tables[tag][word] > 0.001


def test_a_language_without_a_table_gets_an_empty_one():
    assert word_frequencies(["xx"]) == {"xx": {}}


def test_common_words_are_known_under_both_tags():
    found = common_words(["no", "nb", "xx"])

    assert found.keys() == {"nb", "no"}
    assert found["no"] == found["nb"]
