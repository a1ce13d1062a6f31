"""Rules on mail programs: how much of the mail they show as it is meant."""

from newsletter.model import Place
from newsletter.render.checking.judging import Judgement, broken, holds, rule
from newsletter.render.checking.proof import Proof
from newsletter.render.safe import shortened
from newsletter.render.views import counted

_GROUP = "clients"
_LEAST = 0.95  # of all pairs of a core feature and a client
_LEAST_OF_ONE = 0.8
_NAMED = 6  # features, the rest are in the table


@rule(
    "clients",
    "Mail programs show what the layout needs",
    group=_GROUP,
    way_out="replace what they lack: tables and inline styles for flex, grid and positions",
    verdict="warning",
)
def clients(proof: Proof) -> Judgement:
    """Judge the share of core features that programs support, in all and in each of them."""
    support = proof.support
    weak = [one for one in support.clients if one.core < _LEAST_OF_ONE]
    share = f"{int(support.core * 1000) / 10:g} %"  # cut, not rounded: 99.96 % is not all
    said = f"they show {share} in {counted(len(support.clients), 'program')}"
    if support.core >= _LEAST and not weak:
        return holds(said)
    if weak:
        said += f"; less than {_LEAST_OF_ONE:.0%} in {', '.join(one.name for one in weak)}"
    places = [
        Place(
            file=proof.mail.file,
            text=shortened(f"{one.feature}: {', '.join(one.clients)}", 120),
        )
        for one in support.unsupported
        if one.is_core
    ]
    return broken(said, places[:_NAMED])


RULES = (clients,)
