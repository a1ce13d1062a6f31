"""Compares the proper names of a sentence with those of its sources: shortened, never made up."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsletter.summarise.wording import word_set
from newsletter.text.locales import wording_of
from newsletter.text.words import base_language, stem

_WORD = re.compile(r"[^\W_](?:[\w&’']|\.(?=\w))*")
_POSSESSIVE = re.compile(r"['’]s?$")
_CURRENCY = re.compile(r"\b(?:US|AU?|CA?|NZ|HK|S|R)(?=\$)")
_OPENS = re.compile(r"(?:^|[:“\"‘«(—–]\s?)$")
# Words that open a sentence, or a quotation in it, without being a name.
_OPENERS = word_set(
    "the a an this that these those it its he she they his her their we our you your i my there "
    "here in on at by for from with without within under over above below between among amid "
    "against across around along near during before after since until while when where whether "
    "as if because although though despite following according once upon about through throughout "
    "into out off up down to of and but or nor so yet both either neither not no none all any some "
    "many most more much few fewer several each every another other others such what which who "
    "whose how why is are was were be been being do does did has have had can could will would "
    "may might must shall should then than now also however meanwhile instead still even only just "
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands "
    "millions nearly almost roughly approximately earlier later last next first second third "
    "officials authorities police prosecutors investigators residents rescuers firefighters "
    "scientists researchers engineers workers staff voters lawmakers lawyers critics supporters "
    "opponents campaigners protesters demonstrators doctors nurses teachers students pupils "
    "parents families victims survivors witnesses passengers drivers farmers analysts experts "
    "economists investors shareholders customers users consumers companies shares stocks prices "
    "sales profits costs leaders ministers councillors members people women men children soldiers "
    "troops forces rebels fighters judges jurors courts crews teams emergency government "
    "opposition parliament council court judge federal state local national international new old "
    "former additional further separately together under-fire plans talks results figures data "
    "work construction production services schools hospitals flights trains heavy severe "
    "strong major early late rising falling speaking voting having being joining citing adding"
)
_TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady president vice prime premier minister chancellor mayor "
    "governor senator representative congressman congresswoman judge justice chief executive "
    "officer ceo cfo king queen prince princess pope archbishop bishop secretary general captain "
    "sergeant lieutenant colonel major detective inspector professor director chairman chairwoman "
    "chair coach sheriff attorney commissioner ambassador spokesman spokeswoman speaker mp "
    "councillor councilwoman councilman deputy acting founder foreign interior finance defence "
    "defense health education state"
)
_GROUPS = tuple(
    frozenset(group.strip().split("/"))
    for group in """
us/u.s/usa/u.s.a/united states/america/american/americans
uk/u.k/united kingdom/britain/british/britons
eu/e.u/european union/europe/european|un/u.n/united nations|ceo/chief executive|cfo/chief financial
fbi/federal bureau|who/world health|nato/north atlantic|france/french|germany/german/germans
spain/spanish/spaniards|italy/italian/italians|poland/polish/poles|sweden/swedish/swedes
denmark/danish/danes|norway/norwegian|finland/finnish/finns|netherlands/dutch/holland
switzerland/swiss|greece/greek/greeks|turkey/turkish/turks/türkiye|russia/russian/russians
ukraine/ukrainian/ukrainians|china/chinese|japan/japanese|india/indian/indians|korea/korean/koreans
israel/israeli/israelis|iran/iranian/iranians|iraq/iraqi/iraqis|syria/syrian/syrians
lebanon/lebanese|egypt/egyptian/egyptians|mexico/mexican/mexicans|canada/canadian/canadians
brazil/brazilian/brazilians|argentina/argentine/argentinian|portugal/portuguese|ireland/irish
scotland/scottish/scots|wales/welsh|england/english|australia/australian/australians
austria/austrian/austrians|belgium/belgian/belgians|hungary/hungarian/hungarians|czech/czechia
romania/romanian|bulgaria/bulgarian|serbia/serbian|croatia/croatian|pakistan/pakistani
afghanistan/afghan/afghans|bangladesh/bangladeshi|indonesia/indonesian|philippines/filipino/philippine
thailand/thai|vietnam/vietnamese|malaysia/malaysian|palestine/palestinian/palestinians|kenya/kenyan
nigeria/nigerian|south africa/south african|africa/african|asia/asian|saudi arabia/saudi
jan/january|feb/february|aug/august|sept/september|oct/october|nov/november|dec/december
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
_COURTESY = word_set("mr mrs ms miss")
_ACTS = word_set(
    "said says told added denied refused declined could would will has had was is did does may "
    "might wrote called warned announced left won lost resigned asked insisted argued"
)
_PARTICLES = word_set("of the for and on in de la du del della di von van der den & al el bin y e")
_SHORTEST_FIRST = 5  # letters of a sentence's first word in a language whose words we do not list
_GERMAN_STEM = 5
_MOST_INITIALS = 8
_WIDE_NAMES = re.compile("[\u30a1-\u30fa\u30fc]{3,}|[A-Za-z][A-Za-z0-9]+")


class _Word(NamedTuple):
    text: str
    plain: str
    opens: bool  # a sentence, or a quotation in it
    joined: bool  # to the word before by nothing but a space or a hyphen


class Known(NamedTuple):
    """What the cited sentences know of names."""

    runs: frozenset[tuple[str, ...]]
    capitals: frozenset[str]
    plain: frozenset[str]
    stems: frozenset[str]
    initials: frozenset[str]
    text: str


def unfounded_names(sentence: str, cited: Sequence[str], language: str) -> Iterator[str]:
    """Yield the names of *sentence* that the *cited* texts do not have, as they are written.

    A name may be shortened: Lim for Ann Lim. It may not be put together from several, nor be given
    a title or a first name that no cited text has. Initials stand for a name, French for France.
    Of German, whose nouns all have capitals, each needs a word of the same beginning; of Japanese
    and Chinese only what stands in kana or Latin letters is looked at.
    """
    base = base_language(language)
    if base in {"zh", "ja", "ko", "th"}:
        text = " ".join(cited).casefold()
        yield from (
            match[0] for match in _WIDE_NAMES.finditer(sentence) if match[0].casefold() not in text
        )
        return
    known = known_names(cited, language)
    if base == "de":
        scales = wording_of(language).scales
        yield from (word for word in _german(sentence, known) if word.casefold() not in scales)
        return
    calendar = wording_of(language).calendar
    run: list[_Word] = []
    for word in (*_words(sentence), None):
        is_name = word is not None and _is_name(word, known, base, calendar)
        if run and (word is None or not is_name or not word.joined):
            yield from _unfounded(run, known)
            run = []
        if is_name and word is not None:
            run.append(word)


def known_names(cited: Sequence[str], language: str) -> Known:
    """Return what the *cited* texts know of names."""
    runs: set[tuple[str, ...]] = set()
    capitals: set[str] = set()
    plain: set[str] = set()
    for text in cited:
        run: list[str] = []
        for word in _words(text):
            plain.add(word.plain)
            is_capital = _is_capital(word.text)
            if run and not (is_capital and word.joined):
                runs.add(tuple(run))
                run = []
            if is_capital:
                capitals.add(_single(word.plain))
                if word.plain in _TITLES or (word.opens and word.plain in _OPENERS):
                    continue
                run.append(_single(word.plain))
        if run:
            runs.add(tuple(run))
    joined = " ".join(cited)
    return Known(
        runs=frozenset(runs),
        capitals=frozenset(capitals),
        plain=frozenset(plain),
        stems=frozenset(stem(word, language) for word in plain),
        initials=frozenset(_initials(joined)),
        text=f" {' '.join(word.plain for word in _words(joined))} ",
    )


def _words(text: str) -> Iterator[_Word]:
    text = _CURRENCY.sub(" ", text)
    last, broken = 0, True
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        bare = _POSSESSIVE.sub("", match[0]) or match[0]
        # The stop of an initial joins: "J. Smith".
        joins = between in {" ", "-", "‑"} or (between == ". " and match.start() - last == 2)
        yield _Word(
            text=bare,
            plain=bare.casefold(),
            opens=_OPENS.search(text[: match.start()][-3:]) is not None or not last,
            joined=joins and not broken,
        )
        last, broken = match.end(), bare != match[0]


def _is_capital(word: str) -> bool:
    return word[0].isupper() or (len(word) > 1 and word[0].islower() and word[1].isupper())


def _is_name(word: _Word, known: Known, language: str, calendar: frozenset[str]) -> bool:
    if not _is_capital(word.text) or word.plain in calendar or word.plain in {"i", "i'm", "i’m"}:
        return False
    if len(word.text) > 1 and word.text.isupper() and not word.opens:
        return True
    if not word.opens:
        return word.plain not in _OPENERS or _single(word.plain) not in known.plain
    if word.plain in _OPENERS or (
        word.plain in known.plain and _single(word.plain) not in known.capitals
    ):
        return False
    if _single(word.plain) in known.capitals:
        return True
    if stem(word.plain, language) in known.stems:
        return False
    return language == "en" and not word.plain.endswith(("ing", "ly"))


def _unfounded(run: list[_Word], known: Known) -> Iterator[str]:
    """Yield *run*, or the part of it that is not known, if any."""
    titles = [word for word in run if word.plain in _TITLES]
    yield from (word.text for word in titles if not _is_known_word(word.plain, known))
    names = tuple(_single(word.plain) for word in run if word.plain not in _TITLES)
    if not names or _is_known(names, known):
        return
    yield " ".join(word.text for word in run)


def _is_known_word(word: str, known: Known) -> bool:
    return word in known.plain or any(
        word in group and any(f" {one} " in known.text for one in group) for group in _GROUPS
    )


def _is_known(names: tuple[str, ...], known: Known) -> bool:
    if any(_is_within(names, run) for run in known.runs):
        return True
    if f" {' '.join(names)} " in known.text and all(name in known.capitals for name in names):
        return True
    if len(names) == 1:
        return (_is_known_word(names[0], known) and names[0] not in known.plain) or names[
            0
        ].replace(".", "") in known.initials
    phrase = " ".join(names)
    if any(phrase in g and any(f" {one} " in known.text for one in g) for g in _GROUPS):
        return True
    # "Port Ellery Harbour Bridge" for "Port Ellery's Harbour Bridge": whole names set side by side.
    return any(
        (names[:cut] in known.runs or (cut == 1 and _is_known(names[:1], known)))
        and (names[cut:] in known.runs or (len(names) - cut > 1 and _is_known(names[cut:], known)))
        for cut in range(1, len(names))
    )


def _is_within(names: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Tell whether *names* stand in *run* in their order."""
    rest = iter(run)
    return all(any(name == one for one in rest) for name in names)


def _single(word: str) -> str:
    """Return a name without the ending of a plural: Democrats, Democrat."""
    return word[:-1] if len(word) > 5 and word.endswith("s") and not word.endswith("ss") else word


def _initials(text: str) -> Iterator[str]:
    """Yield the initials of the names of *text*, its particles left out."""
    letters = ""
    for word in _words(text):
        if word.text[0].isupper() and (word.joined or not letters):
            letters += word.plain[0]
        elif word.plain in _PARTICLES and letters:
            continue
        else:
            letters = word.plain[0] if word.text[0].isupper() else ""
        if len(letters) > 1:
            letters = letters[-_MOST_INITIALS:]
            yield from (letters[start:] for start in range(len(letters) - 1))


def _german(sentence: str, known: Known) -> Iterator[str]:
    beginnings = {word[:_GERMAN_STEM] for word in known.plain}
    for word in _words(sentence):
        is_free = word.opens and len(word.text) < _SHORTEST_FIRST + 3
        if _is_capital(word.text) and not is_free and word.plain[:_GERMAN_STEM] not in beginnings:
            yield word.text


def bare_surnames(summary: Sequence[str], sources: Sequence[str]) -> Iterator[str]:
    """Yield the surnames that *summary* begins to use before it has given the whole name.

    A surname is the last word of a name of two or three words in *sources*, by itself before a
    verb or behind Mr or Ms.
    """
    surnames = {run[-1] for run in known_names(sources, "en").runs if 2 <= len(run) <= 3}
    told: set[str] = set()
    for sentence in summary:
        every = tuple(_words(sentence))
        for place, word in enumerate(every):
            name = _single(word.plain)
            if not _is_capital(word.text) or name not in surnames or name in told:
                continue
            before = every[place - 1] if place and word.joined else None
            after = every[place + 1].plain if place + 1 < len(every) else ""
            if before is None or not _is_capital(before.text):
                is_bare = after in _ACTS
            else:
                is_bare = before.plain in _COURTESY
            if is_bare:
                yield word.text
        told |= {word for run in known_names([sentence], "en").runs for word in run}
