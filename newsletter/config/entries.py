"""Feeds as lines of feeds.yaml, written like the feeds beside them."""

from dataclasses import dataclass
from typing import Any, Literal

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newsletter.config.places import Places, value_of
from newsletter.config.scalars import scalar
from newsletter.model import Feed

_INDENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How the editor writes feeds: as bare URLs or mappings, in which quotes, how indented.

    `dash` is how far the dash of a feed stands from the key `feeds`, `pad` how far its text stands
    from the dash.
    """

    shape: Literal["bare", "flow", "block"] = "flow"
    mapping: Literal["flow", "block"] = "flow"
    url_quotes: str | None = '"'
    name_quotes: str | None = None
    dash: int = _INDENT
    pad: int = 2


def hand_of(at: Places, section: MappingNode | None) -> Hand:
    """Return the hand of the last feed of *section*, or of the whole file where it has none."""
    nodes = [node for node in at.sections.value if isinstance(node, MappingNode)]
    near = [section] if section is not None and _feeds(section) else nodes
    feeds = [feed for node in near for feed in _feeds(node)]
    dashes = [column for node in near if (column := _dash(node)) is not None]
    hand = Hand(dash=dashes[-1]) if dashes else Hand()
    if not feeds:
        return hand
    everywhere = [feed for node in nodes for feed in _feeds(node)]
    mappings = [feed for feed in (*everywhere, *feeds) if isinstance(feed, MappingNode)]
    blocks = bool(mappings) and not mappings[-1].flow_style
    last: Any = feeds[-1]
    url = value_of(last, "url") if isinstance(last, MappingNode) else last
    names = [name for feed in mappings if (name := value_of(feed, "name"))]
    return Hand(
        shape="bare" if isinstance(last, ScalarNode) else "flow" if last.flow_style else "block",
        mapping="block" if blocks else "flow",
        url_quotes=_quotes(url),
        name_quotes=_quotes(names[-1] if names else None),
        dash=hand.dash,
        pad=_pad(near),
    )


def lines_of(feed: Feed, hand: Hand, column: int) -> list[str]:
    """Return *feed* as lines of a block list whose dashes stand at *column*."""
    pairs = _pairs(feed)
    shape = hand.mapping if hand.shape == "bare" and len(pairs) > 1 else hand.shape
    dash = " " * column + "-" + " " * (hand.pad - 1)
    if shape != "block":
        return [dash + _inline(feed, hand, bare=shape == "bare", in_flow=False)]
    texts = [f"{key}: {_value(key, value, hand, in_flow=False)}" for key, value in pairs]
    return [(dash if place == 0 else " " * len(dash)) + text for place, text in enumerate(texts)]


def inline(feed: Feed, hand: Hand) -> str:
    """Return *feed* as an entry of a list in brackets."""
    return _inline(feed, hand, bare=hand.shape == "bare" and len(_pairs(feed)) == 1, in_flow=True)


def _inline(feed: Feed, hand: Hand, *, bare: bool, in_flow: bool) -> str:
    if bare:
        return _value("url", feed.url, hand, in_flow=in_flow)
    pairs = _pairs(feed)
    return "{" + ", ".join(f"{k}: {_value(k, v, hand, in_flow=True)}" for k, v in pairs) + "}"


def _pairs(feed: Feed) -> list[tuple[str, str]]:
    pairs = [("url", feed.url)]
    if feed.name is not None:
        pairs.append(("name", feed.name))
    if feed.weight != 1.0:
        pairs.append(("weight", f"{feed.weight!r}"))
    if feed.full_text != "auto":
        pairs.append(("full_text", feed.full_text))
    if not feed.enabled:
        pairs.append(("enabled", "false"))
    return pairs


def _value(key: str, value: str, hand: Hand, *, in_flow: bool) -> str:
    if key == "url":
        return scalar(value, like=hand.url_quotes, in_flow=in_flow)
    if key == "name":
        return scalar(value, like=hand.name_quotes, in_flow=in_flow)
    return value


def _feeds(section: MappingNode) -> list[Node]:
    found = value_of(section, "feeds")
    return list(found.value) if isinstance(found, SequenceNode) else []


def _dash(section: MappingNode) -> int | None:
    """Return how far the dashes of a section's feeds stand from their key, None if in brackets."""
    found = value_of(section, "feeds")
    if not isinstance(found, SequenceNode) or found.flow_style:
        return None
    column: int = found.start_mark.column - section.start_mark.column
    return column


def _pad(sections: list[MappingNode]) -> int:
    pads = [
        feed.start_mark.column - found.start_mark.column
        for section in sections
        if isinstance(found := value_of(section, "feeds"), SequenceNode) and not found.flow_style
        for feed in found.value
    ]
    # A feed with an anchor or on the line below its dash stands elsewhere.
    return pads[-1] if pads and 2 <= pads[-1] <= 8 else 2


def _quotes(node: Node | None) -> str | None:
    style = node.style if isinstance(node, ScalarNode) else None
    return style if style in {'"', "'"} else None
