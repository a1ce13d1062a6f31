"""Languages: a tag is believed unless the text's commonest words say otherwise."""

import pytest

from newsletter.text.languages import likeliest
from newsletter.text.words import words
from newsletter.workspace import common_words

COMMON = common_words()


SAMPLES = {
    "en": "The council closed the bridge on Monday and said that it was not safe to cross.",
    "de": "Der Rat hat die Brücke am Montag geschlossen, weil sie nach dem Sturm nicht sicher ist.",
    "fr": "Le conseil a fermé le pont lundi parce que les ingénieurs ont trouvé des fissures.",
    "es": "El consejo cerró el puente el lunes porque los ingenieros hallaron grietas en la base.",
    "da": "Rådet lukkede broen i mandags, fordi den ikke længere er sikker at køre på i storm.",
    "ru": "Совет закрыл мост в понедельник, потому что он не был безопасен после бури на море.",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_a_text_is_in_the_language_of_its_commonest_words(language: str):
    assert likeliest(words(SAMPLES[language], "en"), "en", COMMON) == language


@pytest.mark.parametrize(
    "text",
    [
        "Bridge closed",
        "Velsum Lowmere Ellery Harn Solberg Varnholm Bramford Nortonby Elstead Harwick Norby Lowby",
    ],
    ids=["too short", "names only"],
)
def test_a_text_that_does_not_tell_is_in_the_language_that_its_tag_says(text: str):
    assert likeliest(words(text, "de"), "de", COMMON) == "de"
