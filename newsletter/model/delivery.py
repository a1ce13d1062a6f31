"""What became of sending: one receipt for one recipient and one issue."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["accepted", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a mail server said to one issue for one recipient.

    `accepted`: the server took it and answers for it from here on. `refused`: it said no for good,
    trying again is of no use. `failed`: it said "not now" or said nothing; `detail` tells whether
    the message may have gone out all the same. `detail` is one line, the server's words in it.
    `issue` is "" where whoever sent did not say which issue it was.
    """

    recipient: str
    issue: str
    outcome: Outcome
    detail: str = ""
