"""Reads a story's articles into the sentences that its summary may be made of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from newsletter.model import Article, Story
from newsletter.summarise import wording
from newsletter.summarise.names import Lexicon, Tokens, lexicon, tokens_of
from newsletter.summarise.wording import word_set
from newsletter.text.clean import ELSEWHERE, Cleaned, clean
from newsletter.text.instructions import may_instruct, reads_as_instruction
from newsletter.text.paragraphs import is_ended
from newsletter.text.sentences import sentences
from newsletter.text.words import base_language, words

# A summary comes from the head of its sources; the rest would only cost time.
_ARTICLES_READ = 10
_CHARACTERS_READ = 3_500
_UNCUT = 20_000  # of a text with nowhere to cut it, as of scripts with stops of their own
_SENTENCES_READ = 20

_TEASER_END = re.compile(r"(?:\.{2,}|…)[\"'”’»)\]]*$")
_ADDRESS = re.compile(
    r"https?://|www\.|@\w|^\W*#\w|#\w+\W*$|#\w.*#\w|\[(?:\d|\.|…|[A-Z])|[<>{}|]|\w\.com/|\*"
    r"|_{2}|•|→|»\s*$"
)
_PAIRS = ("“”", "()", "[]", "«»", "「」", "『』", "（）")
_QUOTES = re.compile("[“”]")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_MIN_WORDS, _MAX_WORDS = 6, 48
# Words of these scripts hold about two characters.
_MIN_WIDE, _MAX_WIDE = 10, 130
# A copy is read in place of the article that it repeats if it is so many times longer.
_FULLER = 1.2
_LAST_WORD = re.compile(r"[^\W_]+$")
_LONGEST_WORD = 40  # characters that are searched for one
_TEASER_SPACES = 7  # a shorter line is a heading rather than a sentence
# Articles, prepositions, conjunctions and auxiliaries: a sentence that ends in one was cut short.
_LEAD_ON = word_set(
    "the a an and or but nor of to in on at by for from with without into onto over under about "
    "against between among during after before since until while when where as if than that "
    "because although though which who whose whom is are was were be been being has have had do "
    "does did will would can could may might must should his her its their our your my this these "
    "those not more most very der die das ein eine einen und oder von zu mit auf für im am bei le "
    "la les un une et ou de du des à au aux dans sur pour par el los las y o del al en con por "
    "para il lo gli e di da che che o os as um uma do no na em"
)
_NOTHING: Mapping[str, AbstractSet[int]] = MappingProxyType({})
_UNENDED = frozenset({"fragment", "heading"})
_BESIDE_TEASERS = frozenset({"dateline", "link", ELSEWHERE})
_PREFIX = 6  # characters that two words of one stem share
_STOPWORDS = word_set(
    "the a an in on at he she it they we i you his her its their our my your this that these "
    "those there here but and or so yet for from with without after before as if when where while "
    "although though since because to by during under until not no now then also however some "
    "many most more all both what who how why which is are was were be been being do does did has "
    "have had having can could will would should may might must of than into over about out up "
    "down off him them me us said says say told one two new year years just only very such other "
    "own same mr mrs ms s t don't didn't isn't wasn't according der die das und in den von zu mit "
    "auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei "
    "einer um am sind noch wie einem le la les de des du et à un une dans que qui pour sur par au "
    "avec est pas plus il elle se ce el los las del y en una por con para al lo su no se es o da "
    "do em os il di che è per non sono een het van op te dat met zijn voor"
)


class _Found(NamedTuple):
    """A sentence in its place; `is_free` where it is no part of a longer quotation."""

    text: str
    opens_paragraph: bool
    opens_section: bool
    is_free: bool


class _Raw(NamedTuple):
    """An article, its first sentences, and what cleaning took from among them."""

    article: Article
    found: tuple[_Found, ...]
    removed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence of a story, with all that is asked of it later.

    `document` and `index` tell its place: the article's place in the story's reading order and the
    sentence's among those that cleaning left. `fit` sentences may stand in a summary.
    """

    text: str
    article_id: str
    document: int
    index: int
    opens_paragraph: bool
    opens_section: bool
    english: bool
    fit: bool
    length: int  # in words, or what stands for them in a script without spaces
    terms: frozenset[str]
    bag: tuple[str, ...]
    words: frozenset[str]  # of more than two letters, in lower case
    tokens: Tokens
    names: tuple[tuple[int, int], ...]  # spans of `tokens`
    name_words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article as read for a summary: its sentences in order.

    `removed` is what cleaning took out of the part that was read, with the reason, in its order.
    """

    article: Article
    candidates: tuple[Candidate, ...]
    removed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All of a story that was read: its texts, the lead's first, and their common lexicon."""

    texts: tuple[Text, ...]
    lexicon: Lexicon

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return the sentences of all texts."""
        return tuple(candidate for text in self.texts for candidate in text.candidates)


def read(story: Story, repeated: Mapping[str, AbstractSet[int]] = _NOTHING) -> Reading:
    """Return the sentences of *story*: of its lead first, then of the others by id.

    Of copies only the fullest is read. Of each article the head is read, and of a large story
    only the first articles. *repeated* are the paragraphs of an article (by its id; hashes as of
    `newsletter.text.paragraphs`) that its outlet prints in others too: they are left out.
    """
    fullest: dict[str, Article] = {}
    for article in (story.lead, *sorted(story.articles[1:], key=lambda article: article.id)):
        original = story.copies.get(article.id, article.id)
        known = fullest.get(original)
        if known is None or len(article.text) > _FULLER * len(known.text):
            fullest[original] = article
    unique = list(fullest.values())
    raw = [
        _Raw(article, *_read(article, repeated.get(article.id, frozenset())))
        for article in unique[:_ARTICLES_READ]
    ]
    tokens = {found.text: tokens_of(found.text) for one in raw for found in one.found}
    names = lexicon(tokens.values())
    texts = tuple(
        Text(
            article=one.article,
            candidates=tuple(
                _candidate(one.article, document, index, found, tokens[found.text], names)
                for index, found in enumerate(one.found)
            ),
            removed=one.removed,
        )
        for document, one in enumerate(raw)
    )
    return Reading(texts=texts, lexicon=names)


def _read(
    article: Article, repeated: AbstractSet[int]
) -> tuple[tuple[_Found, ...], tuple[tuple[str, str], ...]]:
    """Return the first sentences of an article, and what cleaning took from among them."""
    text = article.text
    if len(text) > _CHARACTERS_READ:
        # Cut where a line or a sentence ends, or the last would be a fragment taken for a whole.
        cut = text.find("\n", _CHARACTERS_READ, 2 * _CHARACTERS_READ)
        if cut < 0:
            cut = text.rfind(". ", 0, _CHARACTERS_READ) + 1
        text = text[: cut if cut > 0 else _UNCUT]
    cleaned = clean(text, repeated=repeated)
    paragraphs, removed = cleaned.paragraphs or _lone_teaser(cleaned), cleaned.removed
    if not cleaned.paragraphs and paragraphs:
        removed = tuple(one for one in removed if one[1] not in _UNENDED)
    return tuple(islice(_sentences(paragraphs, cleaned.breaks), _SENTENCES_READ)), removed


def _sentences(paragraphs: Sequence[str], breaks: AbstractSet[int]) -> Iterator[_Found]:
    for number, paragraph in enumerate(paragraphs):
        curly = straight = 0
        for place, sentence in enumerate(sentences(paragraph)):
            # What stands between the marks of a longer quotation is no report of the article's own.
            inside = curly > 0 or straight % 2 == 1
            for mark in _QUOTES.findall(sentence):
                curly = curly + 1 if mark == "“" else max(0, curly - 1)
            straight += sentence.count('"')
            yield _Found(sentence, place == 0, place == 0 and number in breaks, not inside)


def _lone_teaser(cleaned: Cleaned) -> tuple[str, ...]:
    """Return the whole text of an article that is one sentence without its full stop, given one.

    News agencies write the teasers of their feeds so. One that was cut short ends in an ellipsis,
    or in a word that no sentence ends with. A link behind it, and what stands behind each teaser of
    its outlet, are no text.
    """
    unended = [passage for passage, reason in cleaned.removed if reason in _UNENDED]
    if len(unended) != 1 or any(
        reason not in _BESIDE_TEASERS for _, reason in cleaned.removed if reason not in _UNENDED
    ):
        return ()
    text = unended[0]
    last = _LAST_WORD.search(text, max(0, len(text) - _LONGEST_WORD))
    if last is None or last[0].casefold() in _LEAD_ON or text.count(" ") < _TEASER_SPACES:
        return ()
    return (f"{text}.",) if wording.has_verb(text) else ()


def _candidate(
    article: Article,
    document: int,
    index: int,
    found: _Found,
    tokens: Tokens,
    names: Lexicon,
) -> Candidate:
    text = found.text
    english = base_language(article.language) == "en"
    bag = bag_of(text, article.language)
    spans = names.names[tokens]
    wide = len(_WIDE.findall(text))
    length = wide // 2 if wide > len(text) // 3 else len(text.split())
    plain = frozenset(word for word in tokens.plain if len(word) > 2)
    orders = may_instruct(plain) and reads_as_instruction(text)
    return Candidate(
        text=text,
        article_id=article.id,
        document=document,
        index=index,
        opens_paragraph=found.opens_paragraph,
        opens_section=found.opens_section,
        english=english,
        fit=found.is_free and _is_whole(text) and _has_length(text, wide) and not orders,
        length=length,
        terms=frozenset(bag),
        bag=bag,
        words=plain,
        tokens=tokens,
        names=spans,
        name_words=frozenset(word for a, b in spans for word in tokens.words[a:b]),
    )


def bag_of(text: str, language: str) -> tuple[str, ...]:
    """Return the words of *text* that tell, cut to a prefix.

    Within one story a prefix does for a stem, in every language and at a tenth of the time.
    """
    return tuple(word[:_PREFIX] for word in words(text, language) if word not in _STOPWORDS)


def _has_length(text: str, wide: int) -> bool:
    if wide > len(text) // 3:
        return _MIN_WIDE <= wide <= _MAX_WIDE
    return _MIN_WORDS <= len(text.split()) <= _MAX_WORDS


def _is_whole(text: str) -> bool:
    """Tell whether *text* is one whole sentence, its marks in pairs and no address in it."""
    begins = text.lstrip("\"'“‘«(「『¿¡")[:1]
    if not begins or (begins.islower() and not text[1:2].isupper()):
        return False
    if not is_ended(text) and not _WIDE.search(text[-2:]):
        return False
    if _TEASER_END.search(text) or _ADDRESS.search(text) or text.count('"') % 2:
        return False
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return False
    return len(_CAPITAL.findall(text)) <= 0.4 * len(text)
