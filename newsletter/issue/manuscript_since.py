"""What became of a manuscript's stories since it was written, and what of hers that leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsletter.issue.manuscript_form import LEFT_OUT, one_line
from newsletter.issue.manuscript_moves import Order, in_order
from newsletter.issue.manuscript_parts import Manuscript, Part, shown, stories_of
from newsletter.issue.manuscript_telling import Fault
from newsletter.model import Opened, PrintedStory

_PUT_BACK = "leave it as it was, or delete it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The stories that there are now, by the ids by which the manuscript knows them.

    `parts` are the stories that have become part of another, with its id, `gone` those that are
    nowhere any more.
    """

    stories: Mapping[str, PrintedStory]
    parts: Mapping[str, str]
    gone: frozenset[str]

    @classmethod
    def of(cls, before: Manuscript, opened: Opened) -> "Since":
        """Return what became of the stories of *before*."""
        stories: dict[str, PrintedStory] = {}
        holders: dict[str, str] = {}
        for story in stories_of(opened):
            known = _known(story, before)
            stories.setdefault(known, story)
            for id_ in _ids(story):
                holders.setdefault(id_, known)
        return cls(
            stories=stories,
            parts={id_: holders[id_] for id_ in before.ids if holders.get(id_, id_) != id_},
            gone=frozenset(id_ for id_ in before.ids if id_ not in holders),
        )

    def standing(self, order: Order) -> Order:
        """Return *order* with the ids that stories have now, without those that are none now."""
        left = {
            name: [self.named(id_) for id_ in ids if id_ not in self.parts and id_ not in self.gone]
            for name, ids in order.items()
        }
        return {name: ids for name, ids in left.items() if ids}

    def named(self, id_: str) -> str:
        """Return the id that a story has now."""
        return self.stories[id_].id if id_ in self.stories else id_


def missed(before: Manuscript, after: Manuscript, since: Since) -> Iterator[Fault]:
    """Yield a fault for each story that she changed, moved or kept, though it is none any more."""
    for id_, new in after.stories.items():
        old = before.stories.get(id_)
        if old is None or (id_ not in since.parts and id_ not in since.gone):
            continue
        name = shown(new.headline or old.headline or id_)
        holder = since.parts.get(id_)
        whole = "" if holder is None else shown(since.stories[holder].headline or holder)
        if _is_changed(old, new) or _is_moved(id_, before, after):
            became = f"has become part of {whole}" if whole else "has gone from this week"
            instead = f"write there what is to be said, and {_PUT_BACK}" if whole else _PUT_BACK
            yield Fault(new.line, f"{name} {became} since; {instead}", "gone since")
        elif holder is not None and id_ in after.printed and _is_taken_out(holder, before, after):
            what = f"{name} has become part of {whole} since, which you took out; delete this too,"
            yield Fault(new.line, f"{what} or put that back", "gone since")


def _ids(story: PrintedStory) -> Sequence[str]:
    return (story.id, *(article.id for article in story.articles))


def _known(story: PrintedStory, before: Manuscript) -> str:
    """Return the id by which a manuscript knows *story*: of several that with its headline."""
    ids = [id_ for id_ in _ids(story) if id_ in before.ids]
    headline = one_line(story.headline)
    alike = (id_ for id_ in ids if before.stories[id_].headline == headline)
    return (*alike, *ids, story.id)[0]


def _is_changed(old: Part, new: Part) -> bool:
    if old.place == LEFT_OUT:  # its summary was not in the manuscript
        return (new.headline, new.plain or old.plain) != (old.headline, old.plain)
    return (new.headline, new.plain) != (old.headline, old.plain)


def _is_moved(id_: str, before: Manuscript, after: Manuscript) -> bool:
    """Tell whether she put a story elsewhere: others that she moved past it do not count."""
    if before.stories[id_].place != after.stories[id_].place:
        return after.stories[id_].place != LEFT_OUT
    place = before.stories[id_].place or ""
    was, ids = before.order.get(place, []), after.order.get(place, [])
    if id_ not in was:
        return False
    both = [one for one in ids if one in was]
    ahead = set(was[: was.index(id_)]), set(ids[: ids.index(id_)])
    beside = [one for one in both if (one in ahead[0]) == (one in ahead[1])]
    return len(in_order(was, beside)) < len(in_order(was, both))


def _is_taken_out(id_: str, before: Manuscript, after: Manuscript) -> bool:
    return id_ in before.printed and id_ not in after.printed
