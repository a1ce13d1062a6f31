"""Names what two sources disagree about, in the words of one of them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from newsletter.summarise.differing import circumstances
from newsletter.summarise.differing.claims import Claim
from newsletter.summarise.differing.mentions import CLAUSE_ENDS, Mention, Word

_MOST_WORDS = 5
# May stand between two shared words of a name, and at neither end of it.
_BRIDGES = frozenset("the a an of in on for and to at by with from its their were was are".split())
_TIMES = frozenset("quarter year month week day years months weeks days".split())
# What both sources say is done with the money, whatever verb they say it with.
_DONE = {"=spend": "spending", "=buy": "purchase", "=fine": "fine", "=cost": "cost"}
_VERBS = frozenset(
    "cost costs spend spends spent invest won gave give gives pay pays raise fell rose rise fall "
    "make made sell sold buy bought cut lost lose".split()
)


def about(a: Claim, b: Claim) -> str:
    """Return up to five words next to *a*'s value that both sources use there, or "".

    For a count of people, who they are and what befell them; else a verbatim span of *a*'s
    sentence, or of *b*'s: the weightiest run of shared words, for a count preferably from what is
    counted on.
    """
    if a.mention.states:
        return _befallen(a.mention) or _befallen(b.mention)
    shared = a.near.keys() & b.near.keys()
    return _named(a, shared) or _named(b, shared) or _done(a.mention, shared)


def _befallen(mention: Mention) -> str:
    """Return whom a count counts and what befell them: "residents evacuated"."""
    counted = _head_of(mention) or "people"
    state = circumstances.BEFALLEN[min(mention.states)]
    return state if counted.casefold() in circumstances.STATES else f"{counted} {state}"


def _named(one: Claim, shared: AbstractSet[str]) -> str:
    mention = one.mention
    runs = [*_runs(mention, mention.before, shared), *_runs(mention, mention.after, shared)]
    best, most = "", 0.0
    for run in runs:
        told = [word for word in run if word.tells]
        if len(told) < 2:
            continue
        weight = sum(one.near.get(word.stem, 0.0) for word in told)
        holds_act = any(word.stem == mention.governor for word in run)
        if run[0].stem == mention.head or holds_act:
            weight *= 2
        if weight > most:
            best, most = mention.sentence[run[0].start : run[-1].end], weight
    return best or _head_of(mention)


def _runs(mention: Mention, side: Sequence[Word], shared: AbstractSet[str]) -> list[list[Word]]:
    """Return the runs of shared words on one side of the figure, cut to length."""
    runs: list[list[Word]] = [[]]
    own = mention.own_before() if side is mention.before else side
    for word in own:
        belongs = (word.tells and word.stem in shared) or word.stem == mention.head != ""
        bridge = runs[-1] and word.plain in _BRIDGES
        if mention.figure_at(word) or word.plain in CLAUSE_ENDS or not (belongs or bridge):
            runs.append([])
        else:
            runs[-1].append(word)
    act = mention.quantity.kind in {"date", "time"}
    cut = (_trimmed(run, from_behind=side is mention.before, act=act) for run in runs)
    return [run for run in cut if run]


def _trimmed(run: list[Word], *, from_behind: bool, act: bool) -> list[Word]:
    """Cut a run to length, furthest from the figure first, and loose words off its ends."""
    while run and _is_loose(run[-1], act=act):
        run = run[:-1]
    while len(run) > _MOST_WORDS:
        run = run[1:] if from_behind else run[:-1]
    while run and run[0].plain in _BRIDGES:
        run = run[1:]
    while run and _is_loose(run[-1], act=act):
        run = run[:-1]
    return run


def _is_loose(word: Word, *, act: bool) -> bool:
    """Tell whether a name for a thing cannot end in *word*; that for an *act* may in its verb."""
    plain = word.plain
    if (
        plain in _BRIDGES
        or plain in _TIMES
        or plain in circumstances.SPEECH
        or plain in circumstances.PLANNED
    ):
        return True
    return not act and (plain.endswith("ed") or plain in _VERBS)


def _done(mention: Mention, shared: AbstractSet[str]) -> str:
    """Return what is done with an amount, and with the next shared word what for."""
    deed = next((name for stem, name in _DONE.items() if stem in shared), "")
    if not deed or mention.quantity.kind != "amount":
        return ""
    for before, word in pairwise(mention.after[:8]):
        if before.plain in {"on", "in", "for"} and word.tells and word.stem in shared:
            return f"{deed} {before.plain} {word.text}"
    return deed


def _head_of(mention: Mention) -> str:
    """Return what a count counts as its sentence has it, "" for other kinds."""
    if not mention.head:
        return ""
    for word in mention.after[:4]:
        if word.stem == mention.head or word.plain == mention.head:
            return word.text
    return ""
