"""The wishes that bring an issue's stories from one order to another."""

from dataclasses import dataclass

from newsletter.issue.manuscript_leading import Sections, leading
from newsletter.issue.manuscript_moves import Move, Order, moves
from newsletter.model import Opened, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Rearranged:
    """Wishes that one after another give an order; where none do, the `fault` of a `section`."""

    wishes: tuple[Wish, ...] = ()
    section: str = ""
    fault: str = ""


def rearranged(before: Order, after: Order, opened: Opened, now: Order | None = None) -> Rearranged:
    """Return what drops, brings in and moves the stories of *before* so that they stand in *after*.

    Both hold sections that have stories, with the ids of these, in their order. *now* is the order
    of *opened*, which others may have changed since *before*.
    """
    then, sections = Sections.of(opened, before), Sections.of(opened, after)
    is_untouched = then.lead == sections.lead and (
        _beside(sections.lead, before) == _beside(sections.lead, after)
    )
    is_untouched = is_untouched and [name for name in before if name in after] == list(after)
    is_theirs = now is not None and _first(now) != _first(before)
    lead = None
    if after and not is_untouched and not (is_theirs and _is_left_alone(before, after)):
        found = leading(sections, after)
        if found.fault:
            return Rearranged(section=found.section, fault=found.fault)
        lead = found.lead
    staying = {id_ for ids in after.values() for id_ in ids}
    leaving = [id_ for ids in before.values() for id_ in ids if id_ not in staying]
    left = {
        name: [id_ for id_ in ids if id_ not in leaving]
        for name, ids in (before if now is None else now).items()
    }
    # Where another comes to lead, the one before it stands where it is only if somebody says so.
    is_freed = then.is_leading and then.lead != (lead or sections.lead)
    loose = {then.lead} if is_freed and then.lead else set()
    home = {one.story.id: one.section for one in opened.candidates}
    placed = (_wish(move, home.get(move.story)) for move in moves(left, before, after, loose=loose))
    return Rearranged(
        wishes=(
            *(Wish(kind="drop", story=id_) for id_ in leaving),
            *placed,
            *([Wish(kind="lead", story=lead)] if lead is not None else ()),
        )
    )


def _first(order: Order) -> str | None:
    """Return the story that stands first, None if there is none."""
    return next((id_ for ids in order.values() for id_ in ids), None)


def _is_left_alone(before: Order, after: Order) -> bool:
    """Return whether sections, and what of *before* stands first, are in *after* as they were."""
    staying = {id_ for ids in after.values() for id_ in ids}
    left = {name: [id_ for id_ in ids if id_ in staying] for name, ids in before.items()}
    names = [name for name in before if name in after]
    return names == [name for name in after if name in before] and _first(left) == _first(after)


def _beside(id_: str | None, order: Order) -> tuple[str, ...]:
    """Return the section that has a story of this id, its name and all its stories."""
    return next(((name, *ids) for name, ids in order.items() if id_ in ids), ())


def _wish(move: Move, home: str | None) -> Wish:
    """Return *move* as a wish; *home* is where its story would stand if it were not left out."""
    is_own = not move.crosses or home == move.section
    return Wish(
        kind="move" if is_own else "section",
        story=move.story,
        section=move.section if move.crosses else "",
        place=move.place,
    )
