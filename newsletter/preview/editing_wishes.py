"""Reads what a page asks to be changed: JSON, strictly, so that no typing error passes unseen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from newsletter.model import Sponsor, Wish
from newsletter.model.editing import EditKind

_MOST_WISHES = 50
_LONGEST = 100_000  # characters; how long each text may be is the to say, in its own words
_KINDS: tuple[str, ...] = get_args(EditKind)
# What each kind must and may say beside its name.
_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "pin": (frozenset({"story"}), frozenset()),
    "drop": (frozenset({"story"}), frozenset()),
    "move": (frozenset({"story", "place"}), frozenset({"section", "behind"})),
    "section": (frozenset({"story", "section"}), frozenset({"place", "behind"})),
    "lead": (frozenset({"story"}), frozenset()),
    "headline": (frozenset({"story", "text"}), frozenset()),
    "summary": (frozenset({"story", "text"}), frozenset()),
    "picture": (frozenset({"story", "text"}), frozenset()),
    "intro": (frozenset({"text"}), frozenset()),
    "closing": (frozenset({"text"}), frozenset()),
    "note": (frozenset({"text"}), frozenset()),
    "sponsor": (frozenset({"sponsor"}), frozenset()),
    "merge": (frozenset({"story", "ids"}), frozenset()),
    "split": (frozenset({"story", "ids"}), frozenset()),
}
_SPONSOR = frozenset({"name", "text", "url", "link_text"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Wishes, and the version of the edits that their author has seen."""

    wishes: tuple[Wish, ...]
    seen: int | None


class AskedError(ValueError):
    """What was sent cannot be read; the message says where and what."""


def asked(body: bytes) -> Asked:
    """Return what *body* asks for: `{"seen": 3, "wishes": [{"kind": "drop", "story": "…"}]}`.

    Raises:
        AskedError: it has another shape: an unknown kind or key, a missing one, a wrong type.
    """
    found = fields(body, known=frozenset({"seen", "wishes"}))
    wishes = found.get("wishes")
    if not isinstance(wishes, list) or not 0 < len(wishes) <= _MOST_WISHES:
        raise AskedError(f"wishes: must be a list of 1 to {_MOST_WISHES}")
    return Asked(
        wishes=tuple(_wish(one, f"wishes[{place}]") for place, one in enumerate(wishes)),
        seen=seen_of(found),
    )


def fields(body: bytes, *, known: frozenset[str]) -> Mapping[str, Any]:
    """Return the JSON object that *body* is; it may have no other keys than *known*.

    Raises:
        AskedError: it is none, or has.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AskedError(f"this is no JSON: {error}") from error
    return _object(found, "the request", known)


def seen_of(found: Mapping[str, Any]) -> int | None:
    """Return the version that *found* names as seen, None if none.

    Raises:
        AskedError: it is no version.
    """
    seen = found.get("seen")
    return None if seen is None else _whole(seen, "seen", least=0)


def number_in(body: bytes, key: str) -> int | None:
    """Return the number that a request has for *key*, None where it has none that is one."""
    try:
        found = json.loads(body)
        value = found.get(key) if isinstance(found, dict) else None
        return None if value is None else _whole(value, key, least=0)
    except (ValueError, RecursionError):
        return None


def version_in(given: str) -> int | None:
    """Return the version that *given*, of an address or a form, is; None if it is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def moment_in(given: str) -> datetime | None:
    """Return the moment that *given*, of a form, is in ISO 8601; None if it is none."""
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        return None


def moment_of(found: Mapping[str, Any], key: str) -> datetime | None:
    """Return the moment that *found* has for *key*, None if none.

    Raises:
        AskedError: it is no moment in ISO 8601.
    """
    given = text(found, key)
    moment = moment_in(given)
    if given and moment is None:
        raise AskedError(f"{key}: {given[:40]!r} is no moment as ISO 8601 writes it")
    return moment


def number_of(found: Mapping[str, Any]) -> int | None:
    """Return the number of an edit that *found* names, None if none.

    Raises:
        AskedError: it is no number.
    """
    return None if found.get("number") is None else whole(found, "number")


def whole(found: Mapping[str, Any], key: str) -> int:
    """Return the number from 1 that *found* has for *key*.

    Raises:
        AskedError: it is none.
    """
    return _whole(found.get(key), key, least=1)


def text(found: Mapping[str, Any], key: str) -> str:
    """Return the text that *found* has for *key*, "" if none.

    Raises:
        AskedError: it is none.
    """
    return _text(found.get(key, ""), key)


def _wish(found: Any, where: str) -> Wish:
    kind = found.get("kind") if isinstance(found, dict) else None
    if kind not in _KINDS:
        raise AskedError(f"{where}.kind: {kind!r} is none; known are {_listed(_KINDS)}")
    needed, more = _KEYS[kind]
    _object(found, f"{where} ({kind})", needed | more | {"kind"})
    for key in sorted(needed - found.keys()):
        raise AskedError(f"{where}.{key}: is missing; {kind} needs it")
    given: dict[str, Any] = {}
    for key, value in found.items():
        at = f"{where}.{key}"
        match key:
            case "story" | "section":
                given[key] = _named(value, at)
            case "text" | "behind":
                given[key] = _text(value, at)
            case "place":
                given[key] = None if value is None and kind == "section" else _whole(value, at)
            case "ids":
                given[key] = _ids(value, at)
            case "sponsor":
                given[key] = None if value is None else _sponsor(value, at)
    return Wish(kind=kind, **given)


def _object(found: Any, where: str, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise AskedError(f"{where}: must be an object")
    for key in found:
        if key not in known:
            raise AskedError(f"{where}: {key!r} is no key of it; known are {_listed(known)}")
    return found


def _sponsor(found: Any, where: str) -> Sponsor:
    values = {
        key: _text(value, f"{where}.{key}")
        for key, value in _object(found, where, _SPONSOR).items()
    }
    if not values.get("name", "").strip():
        raise AskedError(f"{where}.name: is missing; say who paid")
    return Sponsor(
        name=values["name"].strip(),
        text=values.get("text", ""),
        url=values.get("url", "").strip() or None,
        link_text=values.get("link_text", "").strip(),
    )


def _ids(found: Any, where: str) -> tuple[str, ...]:
    if not isinstance(found, list) or not found or len(found) > _MOST_WISHES:
        raise AskedError(f"{where}: must be a list of 1 to {_MOST_WISHES} ids")
    return tuple(_named(one, f"{where}[{place}]") for place, one in enumerate(found))


def _named(found: Any, where: str) -> str:
    if not _text(found, where).strip():
        raise AskedError(f"{where}: is empty")
    return str(found)


def _text(found: Any, where: str) -> str:
    if not isinstance(found, str):
        raise AskedError(f"{where}: must be a text")
    if len(found) > _LONGEST:
        raise AskedError(f"{where}: has {len(found):,} characters; at most {_LONGEST:,} are read")
    try:
        found.encode()
    except UnicodeEncodeError as error:
        raise AskedError(f"{where}: holds half a character (a lone surrogate)") from error
    return found


def _whole(found: Any, where: str, least: int = 1) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found < 2**31:
        raise AskedError(f"{where}: must be a whole number from {least}")
    return found


def _listed(names: Sequence[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names))
