"""Which stories stand in which section, in which order, as an editor put them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsletter.issue.finding import Stories
from newsletter.issue.placing import in_order, put_by_rank
from newsletter.issue.settling import Settled, said_by
from newsletter.model import Base, Edit

_PLACING = frozenset({"move", "section", "lead"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """The ids of the stories of each section, in order, those without a story among them.

    `section_of` names the section of each story, candidates among them; `first` is the story that
    leads the issue because an editor says so.
    """

    sections: Mapping[str, Sequence[str]]
    section_of: Mapping[str, str]
    first: str | None = None


def arranged(
    base: Base,
    edits: Sequence[Edit],
    found: Settled,
    stories: Stories,
    sections: Sequence[str],
) -> Arranged:
    """Return where the stories of *base* stand; the lead's effect in *found* says what it lacks."""
    composed = {
        section.name: [one.id for one in section.stories] for section in base.issue.sections
    }
    own = {id_: name for name, ids in composed.items() for id_ in ids}
    own |= {one.story.id: one.section for one in base.candidates if one.story.id not in own}
    target = {id_: found.placed[id_].section if id_ in found.placed else own[id_] for id_ in own}
    there = _members(composed, target, found, stories, sections)
    orders = {
        name: [id_ for id_ in _order(found.orders[name], edits, stories) if id_ in there[name]]
        for name in sections
        if name in found.orders
    }
    lead, names = found.lead, list(sections)
    home = target[lead] if lead is not None else ""
    pulled = lead is not None and _is_pulled(lead, home, edits, found, orders.get(home, ()))
    placed = {
        name: in_order(
            [id_ for id_ in ids if not pulled or id_ != lead],
            orders.get(name, ()),
            found.placed.keys(),
        )
        for name, ids in there.items()
    }
    if lead is not None and pulled:
        placed[home].insert(0, lead)
    is_first = lead is not None and placed[home][0] == lead
    if lead is not None and (is_first or not _has_left(lead, home, edits, found)):
        names.remove(home)
        names.insert(0, home)
    return Arranged(
        sections={name: placed[name] for name in names},
        section_of=target,
        first=lead if is_first else None,
    )


def _members(
    composed: Mapping[str, Sequence[str]],
    target: Mapping[str, str],
    found: Settled,
    stories: Stories,
    sections: Sequence[str],
) -> dict[str, list[str]]:
    """Return the stories of each section as composed, those that come into it put in by rank."""
    there: dict[str, list[str]] = {
        name: [
            id_
            for id_ in composed.get(name, ())
            if id_ not in found.dropped and target[id_] == name
        ]
        for name in sections
    }
    inside = {id_ for ids in there.values() for id_ in ids}
    printed = {id_ for ids in composed.values() for id_ in ids}
    coming = [
        id_
        for id_ in target
        if id_ not in inside and id_ not in found.dropped and (id_ in printed or id_ in found.kept)
    ]
    for id_ in sorted(coming, key=lambda id_: (-stories.by_id[id_].score, id_)):
        ids = there[target[id_]]
        ids.insert(put_by_rank(stories.by_id[id_], [stories.by_id[one] for one in ids]), id_)
    return there


def _order(edit: Edit, edits: Sequence[Edit], stories: Stories) -> list[str]:
    """Return the order of *edit* in terms of the stories that there are now.

    Where two of its stories became one, the one that the edit is of says where that stands. What
    had its place in it by an edit that was reverted since has none.
    """
    story = stories.of(edit)
    own = story.id if story else None
    loose = _loose(edit, edits, stories)
    homes = {**stories.holders, **_homes(edits, stories)}
    order: dict[str, None] = {}
    for id_ in edit.order:
        now = own if id_ == edit.story else homes.get(id_)
        is_shadow = now == own and id_ != edit.story and edit.story in edit.order
        if now is not None and now not in loose and not is_shadow:
            order[now] = None
    return list(order)


def _homes(edits: Sequence[Edit], stories: Stories) -> dict[str, str]:
    """Return which story each is now, by the id that it had, of those that hold *edits*."""
    found = ((one.story, stories.of(one)) for one in edits if one.reverted_at is None)
    return {id_: story.id for id_, story in found if id_ is not None and story is not None}


def _loose(order: Edit, edits: Sequence[Edit], stories: Stories) -> set[str]:
    """Return the stories that were in their place only by what was reverted after *order*."""
    loose: set[str] = set()
    held: set[str] = set()
    for edit in edits[: edits.index(order) + 1]:
        story = stories.of(edit) if edit.kind in _PLACING else None
        if story is None:
            continue
        if edit.reverted_at is None:
            held.add(story.id)
        elif edit.changed > order.changed or edit.reverted_at > order.at:
            # A clock may be set back; an order that was brought back has a later version.
            loose.add(story.id)
    return loose - held


def _is_pulled(
    lead: str, section: str, edits: Sequence[Edit], found: Settled, order: Sequence[str]
) -> bool:
    """Return whether *lead* goes to the front: no later *order* of its section has others first."""
    if lead not in order or order[0] == lead:
        return True
    return edits.index(found.orders[section]) < found.lead_at


def _has_left(lead: str, section: str, edits: Sequence[Edit], found: Settled) -> bool:
    """Return whether *lead* was put elsewhere since; say in its effect why it is not first."""
    effect = found.effects[found.lead_at]
    placed = found.placed.get(lead)
    if placed and edits.index(placed) > found.lead_at:
        note = f"{said_by(placed)} puts it elsewhere"
        found.effects[found.lead_at] = replace(effect, state="overruled", note=note)
        return True
    note = f"another story stands before it since ({said_by(found.orders[section])})"
    found.effects[found.lead_at] = replace(effect, note=note)
    return False
