"""Holds what an e-mail uses against what each client supports, and counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.model import ClientSupport, Support, Unsupported
from newsletter.render.checking.clients.features import features
from newsletter.render.checking.clients.notes import speaks_of
from newsletter.render.checking.clients.progressive import PROGRESSIVE
from newsletter.render.checking.clients.uses import Use

_WHOLE = "y"
_CLASSIC = "outlook.windows"
_SHOWN_CHARACTERS = 60  # of a value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What a status of support makes of all uses of a feature.

    `failing` are those that are not supported, `notes` what caniemail says of them, `example` one
    of them in words if its value was what decided.
    """

    has_core: bool
    failing: tuple[Use, ...] = ()
    core_failing: tuple[Use, ...] = ()
    notes: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """What one client makes of one feature."""

    feature: str
    client: str
    outcome: _Outcome


def support(html: str, data: Mapping[str, Any]) -> Support:
    """Return how much of what an HTML mail uses each client supports.

    *data* is what `client_support_data` of the workspace returns. A pair of a feature and a client
    counts as supported if the client supports every way in which the mail uses the feature: where
    support is partial, the notes decide by the value that is used. Pairs that nobody has tested
    are left out. Core support leaves out what may be missing without harm (progressive.py), and
    uses that a client may pass over (under `@media`, for one). A mail that uses nothing is
    supported by all. Broken HTML and CSS raise nothing.
    """
    pages = data["features"]
    uses: dict[str, list[Use]] = defaultdict(list)
    for use in sorted(features(html, pages.keys()), key=_order):
        uses[use.feature].append(use)
    pairs = [
        pair
        for slug, used in sorted(uses.items())
        for pair in _pairs(slug, used, pages[slug], data["clients"])
    ]
    core = [pair for pair in pairs if pair.outcome.has_core]
    return Support(
        pairs=len(pairs),
        share=_share(not pair.outcome.failing for pair in pairs),
        core=_share(not pair.outcome.core_failing for pair in core),
        clients=tuple(
            ClientSupport(
                name=name,
                share=_share(not pair.outcome.failing for pair in pairs if pair.client == client),
                core=_share(
                    not pair.outcome.core_failing for pair in core if pair.client == client
                ),
            )
            for client, name in data["clients"].items()
        ),
        unsupported=_unsupported(pairs, data),
        data_date=data["date"],
    )


def _order(use: Use) -> tuple[str, ...]:
    return use.feature, use.tag, use.name, use.value, *sorted(use.facts), str(use.is_guarded)


def _share(supported: Iterable[bool]) -> float:
    counted = tuple(supported)
    return sum(counted) / len(counted) if counted else 1.0


def _pairs(
    slug: str, used: list[Use], page: Mapping[str, Any], clients: Iterable[str]
) -> Iterator[_Pair]:
    status_of = {
        client: status for status, named in page["support"].items() for client in named.split()
    }
    read_by_classic = [use for use in used if "hidden from Outlook" not in use.facts]
    outcomes: dict[tuple[str, bool], _Outcome] = {}
    for client in clients:
        status = status_of.get(client, _WHOLE)
        read = read_by_classic if client == _CLASSIC else used
        if status == "u" or not read:
            continue
        key = status, client == _CLASSIC
        if key not in outcomes:
            outcomes[key] = _outcome(status, page["notes"], read)
        yield _Pair(feature=slug, client=client, outcome=outcomes[key])


def _outcome(status: str, texts: Mapping[str, str], used: list[Use]) -> _Outcome:
    letter, *numbers = status.replace("#", "").split()
    notes = [texts[number] for number in numbers if number in texts]
    if letter == "n" or (letter == "a" and not notes):
        return _told(used, used, notes)
    failing: dict[Use, None] = {}
    why = []
    is_by_value = False
    for note in notes:
        answers = [(use, speaks_of(note, use)) for use in used]
        # Of full support, a note that is not judged takes nothing away; of partial support, all.
        hit = [use for use, answer in answers if (letter == "a" if answer is None else answer)]
        if hit:
            why.append(note)
            failing.update(dict.fromkeys(hit))
            is_by_value = is_by_value or speaks_of(note, hit[0]) is not None
    return _told(used, list(failing), why, is_by_value=is_by_value)


def _told(
    used: list[Use], failing: list[Use], notes: list[str], *, is_by_value: bool = False
) -> _Outcome:
    core_failing = tuple(use for use in failing if _is_core(use))
    shown = [*core_failing, *failing]
    return _Outcome(
        has_core=any(_is_core(use) for use in used),
        failing=tuple(failing),
        core_failing=core_failing,
        notes=tuple(notes),
        example=_written(shown[0]) if is_by_value and shown else "",
    )


def _is_core(use: Use) -> bool:
    return not use.is_guarded and use.feature not in PROGRESSIVE


def _unsupported(pairs: Iterable[_Pair], data: Mapping[str, Any]) -> tuple[Unsupported, ...]:
    """Return what is lacking, what is core first, then what most clients lack."""
    by_note: dict[tuple[str, bool, str], list[str]] = defaultdict(list)
    for pair in pairs:
        told = pair.outcome
        if told.failing:
            example = [f"Here: {told.example}."] if told.example else []
            note = " ".join([*map(_sentence, told.notes), *example])
            key = (data["features"][pair.feature]["title"], bool(told.core_failing), note)
            by_note[key].append(data["clients"][pair.client])
    found = [
        Unsupported(feature=feature, is_core=is_core, clients=tuple(clients), note=note)
        for (feature, is_core, note), clients in by_note.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (not one.is_core, -len(one.clients), one.feature, one.note))
    )


def _sentence(note: str) -> str:
    return note if note.endswith((".", "!", "?")) else f"{note}."


def _written(use: Use) -> str:
    value = use.value
    if len(value) > _SHOWN_CHARACTERS:
        value = value[: _SHOWN_CHARACTERS - 1] + "…"
    is_declared = use.facts & {"inline", "sheet"} and use.name
    what = f"{use.name}: {value}".rstrip(": ") if is_declared else value or use.name
    if use.tag and what:
        return f"{what} on <{use.tag}>"
    return what or f"<{use.tag}>" if use.tag or what else use.feature
