"""Sets an English headline In The Style Of Titles in sentence case, as its story spells it."""

import re

from newsletter.summarise.documents import Reading
from newsletter.summarise.heading.spelling import (
    WORD,
    Spelling,
    is_title_case,
    known_form,
    spelling_of,
)
from newsletter.summarise.heading.titles import is_shouted
from newsletter.summarise.wording import word_set
from newsletter.text.words import base_language

_POSSESSIVE = re.compile(r"[’']s?$")
_SMALL = word_set(
    "a an the and or but nor of to in on at by for from with without into onto over under about "
    "after before as if than that is are was were be been has have had do does did not no so yet "
    "it its he she they his her their we our you your this these those who what when where why how "
    "amid against between during through up down out off more most new says said will would could "
    "can may might must should"
)
_OPENS = re.compile(r"(?:[.!?:]|[—–])[\s“”‘\"'(]*$")
# A story that uses less than this share of a title's words cannot tell how they are spelt.
_SEEN = 0.5


def sentence_case(title: str, reading: Reading) -> str:
    """Return an English *title* in sentence case; one that is so already comes back as it is.

    Names and acronyms keep the capitals that the story's own texts give them. A word that they do
    not use loses its capital, unless it names a country, a language, a day or the like; where they
    use less than half of the title's words, the title stays as it is. So does a title of another
    language.
    """
    if not is_title_case(title) or not _is_english(title, reading):
        return title
    spelling = spelling_of(reading)
    telling = [word for word in WORD.findall(title) if word.casefold() not in _SMALL]
    seen = sum(_form(_bare(word), spelling) is not None for word in telling)
    if not telling or seen < _SEEN * len(telling):
        return title
    return _cased(title, spelling)


def lowered(title: str, reading: Reading) -> str:
    """Return a *title* in capitals throughout as its story would write it, begun with a capital."""
    if not is_shouted(title):
        return title
    return _cased(title, spelling_of(reading), shouted=True)


def _is_english(title: str, reading: Reading) -> bool:
    """Tell whether the article that *title* is likest to is in English."""
    words = {word.casefold() for word in WORD.findall(title)}
    texts = sorted(
        reading.texts,
        key=lambda text: -len(words & {w.casefold() for w in WORD.findall(text.article.title)}),
    )
    return bool(texts) and base_language(texts[0].article.language) == "en"


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _form(word: str, spelling: Spelling, before: str = "", after: str = "") -> str | None:
    form = spelling.form(word, before, after)
    return form if form is not None else known_form(word)


def _cased(title: str, spelling: Spelling, *, shouted: bool = False) -> str:
    words = list(WORD.finditer(title))
    bare = [_bare(word[0]) for word in words]
    pieces: list[str] = []
    end = 0
    for place, match in enumerate(words):
        before = bare[place - 1] if place else ""
        after = bare[place + 1] if place + 1 < len(words) else ""
        # The stop of "U.S." is the word's own; behind a colon one or two words name a source.
        opens = place == 0 or (
            _OPENS.search(title[end : match.start()]) is not None and place + 2 < len(words)
        )
        word = _spelt(bare[place], before, after, spelling, shouted=shouted)
        if opens and word[1:] == word[1:].lower():
            word = word[:1].upper() + word[1:]
        ending = match[0][len(bare[place]) :]
        pieces += [title[end : match.start()], word, ending.lower() if shouted else ending]
        end = match.end()
    return "".join((*pieces, title[end:]))


def _spelt(word: str, before: str, after: str, spelling: Spelling, *, shouted: bool) -> str:
    """Return *word* of a title as a sentence would write it."""
    # Figures, acronyms, iPhones: nothing that a title's style has done.
    if not shouted and word != word.capitalize():
        return word
    if word.casefold() in _SMALL:
        form = spelling.form(word, before, after) if before or after else None
        # "The Hague", "May" the month: only a pair that the story writes proves it.
        is_name = form is not None and form[0].isupper() and _known_before(form, after, spelling)
        return form if form is not None and is_name else word.lower()
    form = _form(word, spelling, before, after)
    return form if form is not None else word.lower()


def _known_before(form: str, after: str, spelling: Spelling) -> bool:
    return bool(after) and spelling.precedes(form, after)
