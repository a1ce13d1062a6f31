"""What is said of feeds that want a look: those that fail, have moved, or have fallen silent."""

from collections.abc import Mapping
from types import MappingProxyType

from newsletter.notify.about import About, counted
from newsletter.notify.details import Details
from newsletter.notify.note import Listing, Note

_FAILING, _MOVED, _SILENT = "failing", "moved", "silent"
_IS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        _FAILING: ("feed is failing", "feeds are failing"),
        _MOVED: ("feed has moved", "feeds have moved"),
        _SILENT: ("feed is silent", "feeds are silent"),
    }
)
_SAYS: Mapping[str, str] = MappingProxyType(
    {
        _FAILING: "What failing feeds publish is missing from the issue until they answer again.",
        _MOVED: "Of what has moved for good, feeds.yaml still has the old URL.",
        _SILENT: (
            "A silent feed answers, and has had nothing new for far longer than is usual for it:"
            " it may have been given up, or there may be another one now."
        ),
    }
)


def feeds_note(about: About) -> Note:
    """Return what is told of the feeds that an event names."""
    found: dict[str, list[str]] = {kind: [] for kind in _IS}
    for row in about.found.rows("feeds"):
        if line := ": ".join(part for part in (_name(row), row.text("note")) if part):
            found[_kind(row)].append(line)
    kinds = [kind for kind, lines in found.items() if lines]
    failing, rest = tuple(found[_FAILING]), (*found[_MOVED], *found[_SILENT])
    move = ("newsletter feeds move FEED", "write the new URL of what has moved into feeds.yaml")
    return about.note(
        ", ".join(counted(len(found[kind]), *_IS[kind]) for kind in kinds) or "feeds want a look",
        *(_SAYS[kind] for kind in kinds),
        wrong=Listing(title="Failing feeds", items=failing) if failing else None,
        look=Listing(title="Worth a look", items=rest) if rest else None,
        commands=(
            ("newsletter feeds check", "ask them now, and see what each answers"),
            *((move,) if found[_MOVED] else ()),
            ("newsletter feeds list", "how all of them are"),
        ),
    )


def _kind(row: Details) -> str:
    """Return how a feed is, from the word that its spell begins with, else from its note."""
    status, note = row.text("since").partition(" ")[0], row.text("note")
    if status == _MOVED or note.startswith("has moved"):
        return _MOVED
    return _SILENT if status == _SILENT or note.startswith("nothing new for ") else _FAILING


def _name(row: Details) -> str:
    name, url = row.text("name"), row.place("url")
    return f"{name} ({url})" if name and url and name != url else name or url
