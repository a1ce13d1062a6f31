"""Names the newsletter on its pages, and counts things in words."""

from newsletter.model import Masthead
from newsletter.render.safe import below, link, plain
from newsletter.render.views.values import Nameplate

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def counted(number: int, thing: str) -> str:
    """Return "1 story", "2 stories"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {thing[:-1]}ies" if thing.endswith("y") else f"{number:,} {thing}s"


def nameplate(masthead: Masthead) -> Nameplate:
    """Return what every page says of the newsletter itself."""
    base = masthead.language.lower().replace("_", "-").split("-")[0]
    return Nameplate(
        title=plain(masthead.title),
        description=plain(masthead.description),
        language=plain(masthead.language),
        direction="rtl" if base in _RIGHT_TO_LEFT else "ltr",
        postal_address=plain(masthead.sender.postal_address) if masthead.sender else "",
        home_url=below(masthead.url, "index.html"),
        web_url=link(masthead.url),
        atom_url=below(masthead.url, "feed.xml"),
        json_url=below(masthead.url, "feed.json"),
    )
