"""Cuts text into words, into the terms that stories are compared by, and into shingles."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_ELIDING = frozenset({"ca", "fr", "it"})  # write the article onto the noun: l'uomo, d'État

# Scripts written without spaces, and Hangul, whose particles are written onto the word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"  # Han
    "\u1100-\u11ff\uac00-\ud7af"  # Hangul
)


def _marks() -> str:
    """Return the combining marks of the Basic Multilingual Plane: no word character to `re`."""
    return "".join(c for c in map(chr, range(0x300, 0xFE30)) if unicodedata.category(c)[0] == "M")


_MARKS = _marks()
_REST = rf"[^\W_{_UNSPACED}]*(?:[{_MARKS}]+[^\W_{_UNSPACED}]*)*"
_WORD = re.compile(
    rf"[^\W\d_{_UNSPACED}]{_REST}(?:'[^\W_{_UNSPACED}]{_REST})*"  # don't, o'brien
    rf"|\d+(?:[.:]\d+)*{_REST}"  # 3.35, 10:30, 17th, 5g
    rf"|[{_UNSPACED}]+"
)
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_APOSTROPHE = re.compile("[’ʼ]")
_POSSESSIVE = re.compile(r"'[sS]\b")
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")


def base_language(language: str) -> str:
    """Return the language of a BCP 47 tag without its region or script: `en-GB` gives `en`."""
    return language.lower().replace("_", "-").split("-")[0]


def is_unspaced(word: str) -> bool:
    """Return whether a word begins in a script that sets no spaces between words (or Hangul)."""
    return _IS_UNSPACED.match(word) is not None


def _spelt(text: str, language: str) -> list[str]:
    """Return the words of *text* as they are spelt there."""
    text = _APOSTROPHE.sub("'", unicodedata.normalize("NFC", text))
    text = _POSSESSIVE.sub("", text)
    text = _GROUPED.sub("", text)
    text = _ABBREVIATION.sub(lambda match: match[0].replace(".", "") + " ", text)
    if base_language(language) in _ELIDING:
        text = text.replace("'", " ")
    found = _WORD.findall(text)
    if text.isascii() or not _IS_UNSPACED.search(text):
        return found
    return [part for word in found for part in _pairs(word)]


def _pairs(word: str) -> Iterable[str]:
    """Return a run of an unspaced script as its overlapping pairs, any other word whole.

    Pairs stand in for words, as in Lucene's CJKBigramFilter: no dictionary of ours would keep up
    with the names of the week.
    """
    if len(word) < 3 or not is_unspaced(word):
        return (word,)
    return (word[i : i + 2] for i in range(len(word) - 1))


def words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of *text* in order: NFC, lower case, without possessive endings.

    Hyphens divide words, thousands are not marked off (`60,000` gives `60000`), and a run of
    characters of a script without spaces gives its overlapping pairs.
    """
    return tuple(word.casefold() for word in _spelt(text, language))


@lru_cache(maxsize=1 << 18)
def stem(word: str, language: str) -> str:
    """Return the stem of a word by the Snowball rules of its language, or the word itself.

    Words with digits stay as they are, and so do all words of a language without Snowball rules.
    """
    name = _SNOWBALL.get(base_language(language))
    if name is None or any(c.isdigit() for c in word):
        return sys.intern(word)
    # A stemmer keeps its place while it works: one of its own for each call is safe in threads.
    return sys.intern(str(Stemmer.Stemmer(name).stemWord(word)) or word)


def terms(text: str, language: str) -> tuple[str, ...]:
    """Return the terms of *text* in order: its words, stemmed by *language*.

    Nothing is left out: how little a common word says is for its weight to tell.
    """
    return tuple(stem(word, language) for word in words(text, language))


def spellings(wanted: Sequence[str], text: str, language: str) -> tuple[str, ...]:
    """Return how each wanted term is spelt where *text* first has it, or the term itself."""
    missing = set(wanted)
    found: dict[str, str] = {}
    for spelt in _spelt(text, language):
        if not missing:
            break
        term = stem(spelt.casefold(), language)
        if term in missing:
            missing.remove(term)
            found[term] = spelt
    return tuple(found.get(term, term) for term in wanted)


def shingles(text: str, size: int = 3, *, language: str = "en") -> frozenset[str]:
    """Return the shingles of *text*: every run of *size* words, joined by spaces.

    A text of fewer words than *size* is one shingle; a text without words has none. After Broder
    1997, "On the resemblance and containment of documents".
    """
    found = words(text, language)
    if len(found) < size:
        return frozenset({" ".join(found)} if found else ())
    return frozenset(map(" ".join, zip(*(found[i:] for i in range(size)), strict=False)))
