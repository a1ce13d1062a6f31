"""Reads JSON values as the frozen values of the model, and tells every fault with its path."""

import difflib
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from newsletter.issue.kinds import fault_of
from newsletter.issue.places import Path

Fault = tuple[Path, str]
Faults = list[Fault]
_Read = Callable[[Any, Path, Faults], Any]

_HINTED = 100  # faults: those after them give no nearest key
_SHOWN = 40  # characters of a value that a fault quotes
_MOMENT = "write it like 2026-11-22T17:00:00Z"
# No text has them: they end an XML document, steer a terminal or cannot be written as UTF-8.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def read_fields(
    kind: type,
    data: Mapping[str, Any],
    path: Path,
    faults: Faults,
    *,
    leaving: Collection[str] = (),
) -> dict[str, Any]:
    """Return what *data* holds for the fields of the dataclass *kind*, but those of *leaving*.

    A key that is missing has the field's default or is a fault; keys of no field are left alone.
    Faults go into *faults*; the value that belongs to one is of no use.
    """
    found = {}
    for name, read, is_needed, check in _fields(kind):
        if name in leaving:
            continue
        if name in data:
            before = len(faults)
            value = found[name] = read(data[name], (*path, name), faults)
            what = check(value) if check and value is not None and len(faults) == before else None
            if what:
                faults.append(((*path, name), what))
        elif is_needed:
            faults.append(((*path, name), f'is missing; write "{name}": …'))
            found[name] = None
    return found


def unknown_keys(
    data: Mapping[str, Any], known: Collection[str], path: Path, faults: Faults
) -> None:
    """Put a fault for each key of *data* that is none of the *known*, with the nearest one."""
    for key in data:
        if key in known:
            continue
        # Looking for the nearest takes its time, and nobody reads on so far.
        near = difflib.get_close_matches(key, known, n=1) if len(faults) < _HINTED else ()
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
        faults.append(((*path, key), f"is not a known key; {hint}"))


def shown(value: object) -> str:
    """Return *value* as a fault quotes it, in at most 40 characters."""
    match value:
        case str():
            return repr(value if len(value) < _SHOWN else f"{value[: _SHOWN - 1]}…")
        case list():
            return "a list"
        case Mapping():
            return "an object"
        case bool():
            return str(value).lower()
        case _:
            return str(value)[:_SHOWN]


@cache
def _fields(
    kind: type,
) -> tuple[tuple[str, _Read, bool, Callable[[Any], str | None] | None], ...]:
    """Return name, reader, whether it is needed, and check of each field of a dataclass."""
    hints = get_type_hints(kind)
    return tuple(
        (
            one.name,
            _reader(hints[one.name]),
            one.default is MISSING and one.default_factory is MISSING,
            fault_of(kind, one.name),
        )
        for one in fields(kind)
    )


@cache
def _reader(hint: Any) -> _Read:
    """Return what reads values of the type *hint*, as the model's fields have them."""
    arguments = get_args(hint)
    if get_origin(hint) in {Union, UnionType}:
        (inner,) = (one for one in arguments if one is not NoneType)
        return _or_none(_reader(inner))
    if get_origin(hint) is tuple:
        return _list_of(_reader(arguments[0]))
    if get_origin(hint) is Literal:
        return _one_of({name: name for name in arguments})
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _one_of({member.value: member for member in hint})
    return _LEAVES[hint]


def _or_none(read: _Read) -> _Read:
    return lambda value, path, faults: None if value is None else read(value, path, faults)


def _list_of(read: _Read) -> _Read:
    def read_list(value: Any, path: Path, faults: Faults) -> tuple[Any, ...]:
        if not isinstance(value, list):
            _wrong(value, path, faults, "is not a list; write it in [ ]")
            return ()
        return tuple([read(one, (*path, n), faults) for n, one in enumerate(value)])

    return read_list


def _object(kind: type) -> _Read:
    known = tuple(one.name for one in fields(kind))

    def read_object(value: Any, path: Path, faults: Faults) -> Any:
        if not isinstance(value, Mapping):
            return _wrong(value, path, faults, "is not an object; write its keys in { }")
        unknown_keys(value, known, path, faults)
        before = len(faults)
        found = read_fields(kind, value, path, faults)
        return kind(**found) if len(faults) == before else None

    return read_object


def _one_of(choices: Mapping[Any, Any]) -> _Read:
    def read_choice(value: Any, path: Path, faults: Faults) -> Any:
        if isinstance(value, str) and value in choices:
            return choices[value]
        return _wrong(value, path, faults, f"is none of: {', '.join(map(str, choices))}")

    return read_choice


def _text(value: Any, path: Path, faults: Faults) -> Any:
    if not isinstance(value, str):
        return _wrong(value, path, faults, "is not text; put it in quotation marks")
    control = _CONTROL.search(value)
    if control:
        which = f"\\u{ord(control[0]):04x}"
        return _wrong(value, path, faults, f"holds {which}, which is no character; take it out")
    return value


def _whole(value: Any, path: Path, faults: Faults) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong(value, path, faults, "is not a whole number")
    return value


def _number(value: Any, path: Path, faults: Faults) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        return _wrong(value, path, faults, "is not a number")
    return float(value)


def _truth(value: Any, path: Path, faults: Faults) -> Any:
    if not isinstance(value, bool):
        return _wrong(value, path, faults, "is neither true nor false")
    return value


def _moment(value: Any, path: Path, faults: Faults) -> Any:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found and found.tzinfo is None:
            return _wrong(value, path, faults, f"has no time zone; {_MOMENT}")
        if found:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and last days of all begin in no other zone
        pass
    return _wrong(value, path, faults, f"is no moment; {_MOMENT}")


def _wrong(value: Any, path: Path, faults: Faults, what: str) -> None:
    faults.append((path, "has no value; write one" if value is None else f"{shown(value)} {what}"))


_LEAVES: Mapping[type, _Read] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    datetime: _moment,
}
