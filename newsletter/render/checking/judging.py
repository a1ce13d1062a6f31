"""Rules: a claim about an edition, and the judge that says whether it holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from newsletter.model import Finding, Place, Verdict
from newsletter.render.checking.proof import Proof

_PLACES_NAMED = 40  # of what stands wrong in more places, the first tell enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether a claim holds, what was found in words, and where.

    `verdict` is that of a broken claim if it differs from its rule's own.
    """

    is_broken: bool
    found: str = ""
    places: tuple[Place, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A claim by its name, what to do where it is broken, and who judges it.

    A judge returns None where an issue has nothing that the claim is about.
    """

    name: str
    group: str
    title: str
    way_out: str
    verdict: Verdict
    judge: Callable[[Proof], Judgement | None]

    def finding(self, proof: Proof) -> Finding | None:
        """Return what becomes of the rule on *proof*, None where it has nothing to judge."""
        judgement = self.judge(proof)
        if judgement is None:
            return None
        broken = judgement.is_broken
        return Finding(
            rule=self.name,
            group=self.group,
            verdict=(judgement.verdict or self.verdict) if broken else "passed",
            title=self.title,
            detail=judgement.found,
            places=judgement.places[:_PLACES_NAMED],
            way_out=self.way_out if broken else "",
        )


def rule(
    name: str, title: str, *, group: str, way_out: str, verdict: Verdict = "error"
) -> Callable[[Callable[[Proof], Judgement | None]], Rule]:
    """Return a decorator that makes a judge a rule: *title* is what holds, *verdict* if it fails.

    Error: the mail is clipped, refused, illegal, or lost on some readers. Warning: an editor should
    look at it. Note: good to know.
    """

    def ruled(judge: Callable[[Proof], Judgement | None]) -> Rule:
        return Rule(
            name=name, group=group, title=title, way_out=way_out, verdict=verdict, judge=judge
        )

    return ruled


def holds(found: str = "") -> Judgement:
    """Return that a claim holds, and the figures that show it."""
    return Judgement(is_broken=False, found=found)


def broken(
    found: str, places: Iterable[Place] = (), *, verdict: Verdict | None = None
) -> Judgement:
    """Return that a claim is broken: what was found, as words that can follow the claim."""
    return Judgement(is_broken=True, found=found, places=tuple(places), verdict=verdict)


def none_of(places: Iterable[Place], found: str, good: str = "") -> Judgement:
    """Return that a claim holds where no *places* break it; *good* is then said.

    *found* says what they do, of one and of several: "link does not|links do not".
    """
    all_places = tuple(places)
    return broken(several(len(all_places), found), all_places) if all_places else holds(good)


def several(count: int, found: str) -> str:
    """Return *count* with what is said of one, or behind the bar of several."""
    one, _, more = found.partition("|")
    return f"{count:,} {one if count == 1 else more}"
