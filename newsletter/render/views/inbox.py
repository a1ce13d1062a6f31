"""Says what an inbox shows of an issue: the line below the subject, and the way off the list."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from newsletter.model import Sender
from newsletter.render.merge_tags import is_tag
from newsletter.render.safe import ended, link, shortened

_FEWEST, _MOST = 30, 150  # characters of a preheader that inboxes show and do not fill up
_ENOUGH = 60  # no more is said than this, once it stands
_NO_ATTRIBUTE = re.compile(r'["\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')


def preheader(telling: str, others: Iterable[str]) -> str:
    """Return the line that an inbox shows below the subject, 30 to 150 characters.

    It begins with *telling*; where that is short, *others* follow it, one by one, until it is not.
    They must have 30 characters between them.
    """
    said = telling.strip()
    for other in others:
        if len(said) >= _ENOUGH:
            break
        longer = f"{said}{ended(said)} {other}".strip() if said else other
        if other and (len(said) < _FEWEST or len(longer) <= _MOST):
            said = longer
    return shortened(said, _MOST)


def unsubscribe_url(sender: Sender | None) -> str | None:
    """Return where the link that ends a subscription leads, None where nobody sends.

    A URL is text, to be escaped as any other. A merge tag is Markup, for it must go out as it is,
    byte for byte; it holds no double quote and no line break. What is neither gives way to a letter
    to the sender.
    """
    if sender is None:
        return None
    wanted = sender.unsubscribe
    if link(wanted) == wanted:
        return wanted
    if is_tag(wanted) and not _NO_ATTRIBUTE.search(wanted):
        return Markup(wanted)  # noqa: S704  the editor's own, held to what an attribute can hold
    return link(wanted) or letter(sender)


def letter(sender: Sender) -> str | None:
    """Return the mailto: URL of a letter that asks *sender* to end a subscription."""
    return link(f"mailto:{quote(sender.address, safe='@')}?subject=unsubscribe")
