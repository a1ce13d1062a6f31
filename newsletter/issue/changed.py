"""What a person changed in issue.json since it was built, in an editor's words."""

import json
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from newsletter.errors import IssueError
from newsletter.issue.dump import as_json
from newsletter.issue.load import load
from newsletter.issue.seal import SEAL

_Object = Mapping[str, Any]
_MOST_DIGITS = 300  # of numbers that Python reads without complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A story with its number through the issue, counted from 1, and its section's place."""

    number: int
    section: int
    story: _Object


def hand_changed(text: str, built: str) -> tuple[str, ...]:
    """Return the parts of issue.json that *text* has otherwise than *built*, () if there are none.

    In the order of the issue, such as "intro", "story 3: headline", "story 5: left out"; a story's
    number is the one that it was built with. Formatting, order of keys and defaults left out do not
    count. *text* may be anything: of what is no issue any more, at least the first fault is named.
    """
    if text == built:
        return ()
    try:
        now, before, fault = _as_issue(text), _as_issue(built), ""
    except IssueError as error:
        fault = str(error).partition("\n")[0]
        now, before = _as_it_is(text), _as_it_is(built)
    if not isinstance(now, Mapping) or not isinstance(before, Mapping):
        return (fault,)
    parts = [*_keys(before, now, leaving=("sections", SEAL)), *_sections(before, now)]
    return tuple(dict.fromkeys(parts)) or ((fault,) if fault else ())


def _as_issue(text: str) -> Any:
    """Return the values of *text* with all defaults."""
    return json.loads(json.dumps(as_json(load(text))))


def _as_it_is(text: str) -> Any:
    """Return the values of *text* whatever they are, None if it is no JSON."""
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_constant=str,  # not a number is not equal to itself, its name is
            parse_int=lambda digits: int(digits) if len(digits) <= _MOST_DIGITS else digits,
        )
    except (ValueError, RecursionError):
        return None


def _keys(
    before: _Object, now: _Object, *, leaving: Collection[str] = (), name: str = ""
) -> Iterator[str]:
    """Yield the keys whose values differ, those of inner objects behind the names of the outer."""
    for key in dict.fromkeys((*before, *now)):
        old, new = before.get(key), now.get(key)
        if key in leaving or (old == new and (key in before) == (key in now)):
            continue
        word = f"{name}{_word(key)}"
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _keys(old, new, name=f"{word}: ")
        else:
            yield word


def _sections(before: _Object, now: _Object) -> Iterator[str]:
    old, new = _objects(before.get("sections")), _objects(now.get("sections"))
    if old and not new:
        yield "all sections: left out"
        return
    was, is_ = _placed(old), _placed(new)
    same = _same_sections(old, new, was, is_)
    for place, section in enumerate(old):
        if place not in same:
            yield f"section {place + 1}: left out"
        else:
            yield from _keys(
                section, new[same[place]], leaving=("stories",), name=f"section {place + 1}: "
            )
    yield from (
        f"section {place + 1}: added" for place in range(len(new)) if place not in same.values()
    )
    if list(same.values()) != sorted(same.values()):
        yield "sections: their order"
    moved = _moved(was, is_, same)
    for id_, one in was.items():
        if id_ not in is_:
            yield f"story {one.number}: left out"
        elif id_ in moved:
            yield f"story {one.number}: moved to place {is_[id_].number}"
        if id_ in is_:
            yield from _story(f"story {one.number}: ", one.story, is_[id_].story)
    yield from (f"story {one.number}: added" for id_, one in is_.items() if id_ not in was)


def _story(name: str, before: _Object, now: _Object) -> Iterator[str]:
    yield from _keys(before, now, leaving=("articles",), name=name)
    if before.get("articles") == now.get("articles"):
        return
    old, new = _by_id(before.get("articles")), _by_id(now.get("articles"))
    parts = [
        *(f"{name}a source left out" for id_ in old if id_ not in new),
        *(f"{name}a source added" for id_ in new if id_ not in old),
        *(
            part
            for number, id_ in enumerate(old, 1)
            if id_ in new
            for part in _keys(old[id_], new[id_], name=f"{name}source {number}: ")
        ),
    ]
    yield from parts or [f"{name}order of its sources"]


def _same_sections(
    old: Sequence[_Object],
    new: Sequence[_Object],
    was: Mapping[Hashable, _Placed],
    is_: Mapping[Hashable, _Placed],
) -> Mapping[int, int]:
    """Return which of the *new* sections each old one is: of its name, else with its stories."""
    names = {str(section.get("name")): place for place, section in reversed(list(enumerate(new)))}
    same = {
        place: names[str(section.get("name"))]
        for place, section in enumerate(old)
        if str(section.get("name")) in names
    }
    for id_, one in was.items():
        place = is_[id_].section if id_ in is_ else None
        if one.section not in same and place is not None and place not in same.values():
            same[one.section] = place
    return dict(sorted(same.items()))


def _moved(
    was: Mapping[Hashable, _Placed], is_: Mapping[Hashable, _Placed], same: Mapping[int, int]
) -> set[Hashable]:
    """Return the fewest stories that were put elsewhere, if all others stayed where they were."""
    both = [id_ for id_ in was if id_ in is_]
    moved = {id_ for id_ in both if same.get(was[id_].section) != is_[id_].section}
    for section in same:
        stayed = [id_ for id_ in both if id_ not in moved and was[id_].section == section]
        order = sorted(stayed, key=lambda id_: is_[id_].number)
        blocks = SequenceMatcher(None, stayed, order, autojunk=False).get_matching_blocks()
        kept = {id_ for block in blocks for id_ in stayed[block.a : block.a + block.size]}
        moved |= set(stayed) - kept
    return moved


def _placed(sections: Sequence[_Object]) -> Mapping[Hashable, _Placed]:
    found: dict[Hashable, _Placed] = {}
    number = 0
    for place, section in enumerate(sections):
        for story in _objects(section.get("stories")):
            number += 1
            found.setdefault(
                _id(story, number, found), _Placed(number=number, section=place, story=story)
            )
    return found


def _by_id(value: object) -> Mapping[Hashable, _Object]:
    found: dict[Hashable, _Object] = {}
    for number, one in enumerate(_objects(value)):
        found.setdefault(_id(one, number, found), one)
    return found


def _id(one: _Object, number: int, taken: Mapping[Hashable, object]) -> Hashable:
    """Return an object's id, its number where it has none or one that is *taken*."""
    id_ = one.get("id")
    return id_ if isinstance(id_, str) and id_ not in taken else number


def _objects(value: object) -> Sequence[_Object]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _word(key: str) -> str:
    return key.replace("_", " ")
