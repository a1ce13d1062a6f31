"""Cuts text into words, into the terms that stories are compared by, and into shingles."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

_SNOWBALL = {
    "ar": "arabic",
    "bs": "serbian",
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
    "hr": "serbian",
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
    "sh": "serbian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_ELIDING = frozenset({"ca", "fr", "it"})  # write the article onto the noun: l'uomo, d'État
_TURKIC = frozenset({"az", "tr"})  # İ and i are one letter there, I and ı another
# Letters that are left of a word without Snowball rules. Truncation does nearly as much as a
# stemmer: McNamee, Nicholas and Mayfield 2009, "Addressing Morphological Variation in Alphabetic
# Languages".
_KEPT = 6

# Scripts written without spaces, and Hangul, whose particles are written onto the word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"  # Han
    "\u1100-\u11ff\uac00-\ud7af"  # Hangul
)


# Clusters of letters at a time, of the scripts of South-East Asia: three are about a syllable and a
# half. Two are found by chance in every longer text, where no table of words says how common.
_CLUSTERS = 3


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
# The same where neither marks nor unspaced scripts occur, as in most texts: twice as fast.
_PLAIN_WORD = re.compile(r"[^\W\d_][^\W_]*+(?:'[^\W_]++)*+|\d++(?:[.:]\d++)*+[^\W_]*+")
_IS_SPECIAL = re.compile(rf"[{_MARKS}{_UNSPACED}]")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
# A letter with the vowel before it and what follows or stands under it and, in Burmese, the one
# that closes the syllable: after Theeramunkong et al. 2000, "Character cluster based Thai
# information retrieval".
_CLUSTER = re.compile(
    r"[\u0e40-\u0e44\u0ec0-\u0ec4]?."
    rf"(?:[{_MARKS}\u0e30\u0e32\u0e33\u0e45\u0e46\u0eb0\u0eb2\u0eb3\u0ec6]"
    rf"|(?<=[\u1039\u17d2]).|[\u1000-\u1021](?=[\u1037\u1038]*\u103a))*"
)
_IS_CLUSTERED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_IS_VARIED = re.compile("[\u0590-\u1dff\u200d\ua620-\uabf9\ufb00-\uffee\U000104a0-\U0001fbf9]")
# Ligatures, Arabic letters in their printed shapes, full and half width, letters for mathematics.
_SHAPED = re.compile("[\ufb00-\ufdf9\ufe70-\ufefc\uff01-\uffee\U0001d400-\U0001d7ff]+")
_OPTIONAL = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic
    "\u093c\u200d]"  # nukta, and what only shapes letters
)
_OTHER_DIGIT = re.compile(r"[^\W\D0-9]")
_ARABIC_AND = re.compile("[وف](?=ال..)")  # and, so: written onto the article
_POSSESSIVE = re.compile(r"'[sS]\b")
_GROUPED = re.compile(r"[.,](?<=\d.)(?=\d{3}(?!\d))")
# As written elsewhere than in English: 1 400 or 1'400, 1,40,000 and 34,8.
_SPACED = re.compile(
    r"[ \u00a0\u2009\u202f'](?<=\d.)(?<!\d{4}.)(?<![.,]\d.)(?<![.,]\d\d.)(?=\d{3}(?!\d))"
)
_LAKHS = re.compile(r",(?<=\d,)(?=\d\d(?:,\d\d){0,5},\d{3}(?!\d))")
_DECIMAL = re.compile(r",(?<=\d,)(?=\d)")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_ABBREVIATED = re.compile(r"\.[^\W\d_]\.")  # what every abbreviation holds, found far sooner


def base_language(language: str) -> str:
    """Return the language of a BCP 47 tag without its region or script: `en-GB` gives `en`."""
    return language.lower().replace("_", "-").split("-")[0]


def is_unspaced(word: str) -> bool:
    """Return whether a word begins in a script that sets no spaces between words (or Hangul)."""
    return _IS_UNSPACED.match(word) is not None


def _spelt(text: str, language: str) -> list[str]:
    """Return the words of *text* as they are spelt there."""
    text = unicodedata.normalize("NFC", text).replace("’", "'").replace("ʼ", "'")
    if not text.isascii() and _IS_VARIED.search(text):
        text = _folded(text)
    text = _POSSESSIVE.sub("", text)
    if base_language(language) == "en":
        text = _GROUPED.sub("", text)
    else:
        text = _GROUPED.sub("", _LAKHS.sub("", _SPACED.sub("", text)))
        text = _DECIMAL.sub(".", text)
    if _ABBREVIATED.search(text):
        text = _ABBREVIATION.sub(lambda match: match[0].replace(".", "") + " ", text)
    if base_language(language) in _ELIDING:
        text = text.replace("'", " ")
    if text.isascii() or not _IS_SPECIAL.search(text):
        return _PLAIN_WORD.findall(text)
    return [part for word in _WORD.findall(text) for part in _parts(word)]


def _folded(text: str) -> str:
    """Return *text* with one spelling for what is written in several that mean the same."""
    text = _SHAPED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _OPTIONAL.sub("", text).replace("\u0901", "\u0902")  # candrabindu as anusvara
    text = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text)
    return unicodedata.normalize("NFC", text)  # what stood between two may have kept them apart


def _lowered(words: Iterable[str], language: str) -> Iterable[str]:
    if base_language(language) in _TURKIC:
        words = (word.replace("İ", "i").replace("I", "ı") for word in words)
    return map(str.casefold, words)


def _parts(word: str) -> Iterable[str]:
    """Return a run of an unspaced script as its overlapping parts, any other word whole.

    Parts stand in for words, as in Lucene's CJKBigramFilter: no dictionary of ours would keep up
    with the names of the week. They are pairs of characters, or threes of clusters.
    """
    if len(word) < 3 or not is_unspaced(word):
        return (word,)
    if not _IS_CLUSTERED.match(word):
        return (word[i : i + 2] for i in range(len(word) - 1))
    clusters = _CLUSTER.findall(word)
    starts = range(max(1, len(clusters) - _CLUSTERS + 1))
    return ("".join(clusters[i : i + _CLUSTERS]) for i in starts)


def words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of *text* in order: NFC, lower case, without possessive endings.

    Hyphens divide words, thousands are not marked off (`60,000` gives `60000`), decimals have a
    point and digits are those of ASCII. What many leave out is left out: vowel signs of Arabic and
    Hebrew, nukta. A run of characters of a script without spaces gives its overlapping parts.
    """
    if text.isascii() and base_language(language) not in _TURKIC:
        return tuple(_spelt(text.lower(), language))
    return tuple(_lowered(_spelt(text, language), language))


@lru_cache(maxsize=256)
def _rules(language: str) -> str | None:
    """Return the name of the Snowball rules of a language, None if there are none."""
    return _SNOWBALL.get(base_language(language))


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """Return the stem of a word by the Snowball rules of its language, or what stands in for it.

    Words with digits stay as they are, and so do parts of scripts without spaces. Of a language
    without Snowball rules the first 6 letters of a word are its stem.
    """
    if is_unspaced(word) or not (word.isalpha() or not any(map(str.isdigit, word))):
        return sys.intern(word)
    name = _rules(language)
    if name is None:
        return sys.intern(word[:_KEPT])
    if name == "arabic" and _ARABIC_AND.match(word):
        word = word[1:]
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
    found_words = _spelt(text, language)
    for spelt, word in zip(found_words, _lowered(found_words, language), strict=True):
        if not missing:
            break
        term = stem(word, language)
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
