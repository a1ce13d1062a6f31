"""The order of sections: theirs, but that of the story that leads may stand first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsletter.model import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """All sections in their own order, and the story that was asked to lead, if one was.

    Where it `is_leading` its section stands first, though others may have been put before it there
    since. Where it is not, for it was put elsewhere or left out, it leads again once it is first
    there.
    """

    names: tuple[str, ...]
    lead: str | None = None
    is_leading: bool = False

    @classmethod
    def of(cls, opened: Opened, wanted: Mapping[str, Sequence[str]]) -> "Sections":
        """Return those of an issue before its editor, with *wanted* alone left or come in.

        Of the stories that were asked to lead and are among these, the last one counts.
        """
        printed = (section.name for section in opened.issue.sections)
        others = (name for name in printed if name not in opened.sections)
        names = (*opened.sections, *others)
        there = {id_ for ids in wanted.values() for id_ in ids}
        makes_room = False  # one that led since, and leaves
        for effect in reversed(opened.effects):
            if effect.edit.kind != "lead" or effect.state == "reverted":
                continue
            lead = effect.story or effect.edit.story
            if lead in there:
                comes_back = makes_room and effect.state == "overruled"
                is_leading = effect.state == "applied" or comes_back
                return cls(names=names, lead=lead, is_leading=is_leading)
            makes_room = makes_room or effect.state != "waiting"
        return cls(names=names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The story that is to lead from now on, None if nothing need be done for it.

    Where no lead gives the order, `fault` says why, `section` which one stands wrong.
    """

    lead: str | None = None
    section: str = ""
    fault: str = ""


def leading(sections: Sections, wanted: Mapping[str, Sequence[str]]) -> Leading:
    """Return what gives the sections of *wanted*, each with its stories, their order."""
    names = list(wanted)
    own = [name for name in sections.names if name in wanted]
    home = next((name for name, ids in wanted.items() if sections.lead in ids), None)
    is_first = home is not None and wanted[home][0] == sections.lead
    is_settled = is_first or home is None or not sections.is_leading
    if is_settled and names == _ahead(own, home if is_first else None):
        return Leading()
    wished = _ahead(own, names[0])
    if names == wished:
        return Leading(lead=wanted[names[0]][0])
    wrong = next(name for name, right in zip(names, wished, strict=True) if name != right)
    return Leading(
        section=wrong,
        fault=f"“{wrong}” stands out of order; sections keep theirs ({', '.join(own)}),"
        " but one may be moved to the top",
    )


def _ahead(names: Sequence[str], first: str | None) -> list[str]:
    return [*([first] if first else []), *(name for name in names if name != first)]
