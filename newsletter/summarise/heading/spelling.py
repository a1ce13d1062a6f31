"""Learns from a story's running text how each of its words is spelt: with a capital, or without."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from babel import Locale

from newsletter.summarise.documents import Reading
from newsletter.summarise.wording import word_set

WORD = re.compile(r"[^\W_]+(?:[’'.&][^\W_]+)*(?:(?<=\.[A-Z])\.)?")
_POSSESSIVE = re.compile(r"[’']s?$")
_TITLED = 0.6  # share of a sentence's longer words with capitals that makes it a title
_LONG = 4  # characters of a word that takes a capital in every title
# CLDR names countries, languages, months and days; these it does not.
_NAMES = word_set(
    "american british european african asian arab israeli palestinian iranian iraqi syrian afghan "
    "pakistani indian egyptian saudi canadian mexican australian brazilian argentine cuban "
    "venezuelan colombian nigerian kenyan irish scottish english welsh belgian austrian swiss "
    "lebanese yemeni americans britons europeans africans asians arabs israelis palestinians "
    "iranians russians muslim muslims islam islamic christian christians catholic jewish jews "
    "hindu buddhist republican republicans democrat democrats democratic tory tories congress "
    "parliament senate pentagon kremlin britain england scotland wales europe africa asia america "
    "usa uk eu un us nato nasa fbi cia alabama alaska arizona arkansas california colorado "
    "connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky "
    "louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana "
    "nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia "
    "wisconsin wyoming london paris berlin moscow beijing washington brussels tokyo gaza kyiv "
    "internet christmas easter ramadan olympics olympic google facebook twitter amazon"
) - {"internet"}
_ACRONYMS = frozenset(
    "us uk eu un usa uae nato nasa fbi cia ceo cfo ai tv gdp dna covid eu hiv nhs irs".split()
)


class Spelling:
    """How a story writes its words where no sentence begins."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._forms: dict[str, Counter[str]] = {}
        self._pairs: Counter[tuple[str, str]] = Counter()
        for sentence in sentences:
            words = [_POSSESSIVE.sub("", word) for word in WORD.findall(sentence)]
            if _is_titled(words):
                continue
            for place, word in enumerate(words):
                # The first word proves nothing, unless a capital stands within it.
                if place or word[1:] != word[1:].lower():
                    self._forms.setdefault(word.casefold(), Counter())[word] += 1
            self._pairs.update(pairwise(words[1:]))

    def form(self, word: str, before: str = "", after: str = "") -> str | None:
        """Return how the story writes *word*, between its neighbours in a title, or None.

        A pair of words that the story writes decides before the word alone does: the White House,
        a white house. Of two ways that it writes a word the one with a capital must be the more
        usual.
        """
        folded = word.casefold()
        forms = self._forms.get(folded)
        if forms is None:
            return self._plural(folded)
        if after or before:
            paired = [form for form in forms if self._is_paired(form, before, after)]
            if paired:
                return max(paired, key=lambda form: (forms[form], form))
        # Ties go to the small letter.
        return max(forms, key=lambda form: (forms[form], form))

    def precedes(self, form: str, after: str) -> bool:
        """Tell whether the story writes *form* right before a form of *after* with a capital."""
        return any(
            (form, other) in self._pairs
            for other in self._forms.get(after.casefold(), ())
            if other[0].isupper()
        )

    def _is_paired(self, form: str, before: str, after: str) -> bool:
        neighbours = {
            other for word in (before, after) for other in self._forms.get(word.casefold(), ())
        }
        return any(
            (form, other) in self._pairs or (other, form) in self._pairs for other in neighbours
        )

    def _plural(self, folded: str) -> str | None:
        single = self._forms.get(folded.removesuffix("s")) if folded.endswith("s") else None
        if single and len(folded) > _LONG:
            return single.most_common(1)[0][0] + "s"
        plural = self._forms.get(folded + "s")
        return plural.most_common(1)[0][0][:-1] if plural else None


def spelling_of(reading: Reading) -> Spelling:
    """Return how the English texts and sentence-case titles of *reading* spell their words."""
    texts = (candidate.text for candidate in reading.candidates if candidate.english)
    titles = (text.article.title for text in reading.texts)
    plain = (title for title in titles if any(w.islower() for w in _longer(WORD.findall(title))))
    return Spelling((*texts, *plain))


def _longer(words: list[str]) -> list[str]:
    return [word for word in words[1:] if len(word) >= _LONG and word[0].isalpha()]


def _is_titled(words: list[str]) -> bool:
    longer = _longer(words)
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > _TITLED * len(longer)


def is_title_case(title: str) -> bool:
    """Tell whether an English *title* begins its longer words with capitals.

    Three such words at least: fewer may all be names.
    """
    return _is_titled(WORD.findall(title)) and not title.isupper()


def known_form(word: str) -> str | None:
    """Return how English writes a country, language, day, month and the like; None of others."""
    folded = word.casefold()
    if folded in _ACRONYMS:
        return folded.upper()
    return folded[:1].upper() + folded[1:] if folded in _known_names() else None


@cache
def _known_names() -> frozenset[str]:
    english = Locale.parse("en")
    calendar = (
        *english.days["format"]["wide"].values(),
        *english.months["format"]["wide"].values(),
    )
    named = [*english.territories.values(), *english.languages.values(), *calendar]
    single = {name.casefold() for name in named if " " not in name and len(name) > 3}
    # Verbs and other words of every day that are names as well.
    return frozenset(single | _NAMES) - {
        "march",
        "may",
        "turkey",
        "even",
        "world",
        "chad",
        "jersey",
    }
