"""Finds the main verb of an English clause, and leaves participles and nouns aside."""

import re

from newsletter.summarise.wording import word_set

_TOKEN = re.compile(r"[A-Za-z][\w’'-]*|\d[\d,.]*|[,;:—–$£€“\"(]|\x00+")
# Forms that can only be the verb of a clause.
_FINITE = word_set(
    "is are was were am has have had do does did will would can could may might must shall "
    "should isn’t aren’t wasn’t weren’t don’t doesn’t didn’t won’t can’t couldn’t wouldn’t "
    "hasn’t haven’t hadn’t isn't aren't wasn't weren't don't doesn't didn't won't can't "
    "couldn't wouldn't hasn't haven't hadn't cannot says said told tells took takes went goes "
    "came comes got gets gave gives saw sees knew knows thinks began begins wrote writes became "
    "becomes ran fell falls grew grows rose chose chooses drew drove drives flew broke spoke "
    "speaks swore sank wore woke threw throws shook spent stood lies ate remains remained seems "
    "seemed appears appeared happened occurred died dies arrived resigned announced announces "
    "warned warns confirmed confirms denied denies apologized apologised agreed argued insisted "
    "insists collapsed erupted exploded escaped emerged disappeared failed fails continued "
    "continues responded replied declined refused refuses vowed vows pledged decided tried "
    "tries wants wanted believes hopes expects includes included contains faces faced urges "
    "urged acknowledged admitted noted tweeted explained concluded criticized criticised "
    "praised survived visited retired returned headed kept left brings allows helps makes means "
    "shows showed seeks keeps sends sits stands starts wins won loses lost leads hit hits met "
    "meets owns posted unveiled unveils launched launches joined reached rejected rejects "
    "condemned blamed stepped turned called calls testified claimed claims suggested suggests "
    "revealed reveals found finds opened closed ended started backed plunged soared jumped "
    "climbed dropped gained tumbled surged slipped plans believe say think voted ruled pleaded "
    "marched rallied protested fought traveled travelled indicates asserts alleges argues "
    "concludes proves admits agrees arrives builds buys carries causes considers creates "
    "decides defends describes discovers enters explains feels follows happens hears holds "
    "intends joins lacks learns leaves maintains needs opens pays performs persuades prefers "
    "prepares prevents produces proposes provides puts reaches receives recommends refers "
    "reflects remembers removes represents requires resigns retains returns runs sells serves "
    "spends stays struggles suffers teaches tends threatens understands wears face warn urge "
    "seek vow remain become continue clashed"
)
# Those of them that stand as participles as well, unless an object or a clause follows.
_DOUBLE = word_set(
    "kept left lost won hit met posted unveiled launched joined reached rejected condemned blamed "
    "turned called claimed found opened closed ended backed included faced confirmed denied "
    "announced urged visited started wanted admitted noted told criticized criticised praised "
    "gained spent revealed headed dropped plans"
)
_WEAK = re.compile(
    r"(?!named|dubbed|based|related|led|need|speed|indeed|hundred|red|bed)[a-z]{2,}ed$"
)
_WEAK_WORDS = word_set(
    "made held brought led paid sent put cut shot struck built bought caught chosen fought hurt "
    "wound rang hung swung tore bore froze sprang clung shrank slid bled fled sped burst lay "
    "swept felt heard saw dealt bound ground drank drove fed forgot laid lent rode sought slept "
    "spun kills killed read sold shut taught set beat bid cost quit spread"
)
_OBJECT = word_set(
    "the a an his her its their that this these those two three four five six seven eight nine ten "
    "more about at nearly almost several some many all up out off back down into him them it her "
    "us me no every each another"
)
_NO_OBJECT = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|(?:Jan|Febr)uary$|March$|April$|May$|June$|July$"
    r"|August$|(?:Sept|Nov|Dec)ember$|October$"
)
_TO = word_set(
    "agreed vowed refused decided failed continued tried wanted pledged moved threatened promised "
    "needed helped hoped planned voted offered managed struggled returned"
)
_THIRD_PERSON = re.compile(r"[a-z]{2,}[^s’']s$")
_RELATIVE = word_set("who which that whose whom where when after before while as because if since")


def has_main_verb(text: str, *, guess: bool = False, own: bool = True) -> bool:
    """Tell whether an English clause has a verb of its own, beside those of its relative clauses.

    "A man accused of theft" and "the plan that was dropped" have none. With *guess* whatever may be
    a finite verb is one; with *own* false a verb of a relative clause does as well.
    """
    tokens = _TOKEN.findall(text)
    waiting = 0
    in_group = False
    for place, token in enumerate(tokens):
        word = token.casefold()
        if own and word in _RELATIVE:
            waiting += 1
            in_group = False
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        before = tokens[place - 1] if place else ""
        if guess:
            is_verb = _may_be(word) or (_names(before) and _THIRD_PERSON.match(token) is not None)
        else:
            is_verb = _is_finite(token, following)
        if not is_verb:
            in_group = in_group and word.endswith("ly")
            continue
        if in_group:
            continue
        if not waiting:
            return True
        waiting -= 1
        in_group = True
    return False


def _names(word: str) -> bool:
    return word[:1].isupper() or word in {"he", "she", "it"}


def verb_groups(text: str) -> int:
    """Return how many groups of words in English *text* may be finite verbs, "has been cut" one."""
    count = 0
    in_group = False
    for token in _TOKEN.findall(text):
        word = token.casefold()
        if _may_be(word):
            count += not in_group
            in_group = True
        else:
            in_group = in_group and (word.endswith("ly") or word in {"not", "been", "be"})
    return count


def links(text: str) -> int:
    """Return how many words of English *text* open a clause that has a verb of its own."""
    return sum(token.casefold() in _RELATIVE for token in _TOKEN.findall(text))


def _may_be(word: str) -> bool:
    return word in _FINITE or word in _WEAK_WORDS or _WEAK.match(word) is not None


def _is_finite(token: str, following: str) -> bool:
    word = token.casefold()
    if word in _FINITE and word not in _DOUBLE:
        return token[0].islower() or word in {"is", "are", "was", "were"}
    if not token[0].islower() or not _may_be(word):
        return False
    if following.casefold() == "to":
        return word in _TO
    if following.casefold() in _OBJECT or following[:1] in {"\x00", "“", '"', "$", "£", "€"}:
        return True
    is_name = following[:1].isupper() and not _NO_OBJECT.search(following)
    return is_name or following[:1].isdigit()
