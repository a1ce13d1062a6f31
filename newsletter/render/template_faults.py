"""Says what is wrong in a template: its file, the line, the name, and the nearest that there is."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import jinja2

FOLDER = "templates/"

_TOP = re.compile(r"'([^']+)' is undefined")
_NO_HELPER = re.compile(r"No (filter|test) named '([^']+)'")
_MANY = 12  # names that are still listed where none is near


class Unknown(jinja2.StrictUndefined):
    """A name that a value does not have: whatever is done with it is an error that says so."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or self._undefined_obj is jinja2.utils.missing:
            # Of a name that stands alone `reason` knows what there is; here nobody does.
            return self._undefined_hint or f"{self._undefined_name!r} is undefined"
        known = _names(self._undefined_obj)
        thing = _thing(self._undefined_obj)
        return f"{thing} has no {self._undefined_name!r}{nearest(self._undefined_name, known)}"


def _names(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    return [name for name in dir(value) if not name.startswith("_")]


def _thing(value: Any) -> str:
    # IssueView is what a template knows as issue.
    name = type(value).__name__.removesuffix("View").lower()
    return {"dict": "it", "nonetype": "nothing (it is none here)", "str": "a text"}.get(name, name)


def nearest(name: object, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?", else what there is, "" where that is too much to list."""
    names = sorted(known)
    close = get_close_matches(str(name), names, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; there is {', '.join(names)}" if 0 < len(names) <= _MANY else ""


def reason(error: Exception, env: jinja2.Environment, known: Iterable[str]) -> str:
    """Return what is wrong, in a line; *known* are names that stand alone."""
    match error:
        case jinja2.TemplateNotFound():
            return no_template(str(error.name), env.list_templates())
        case jinja2.UndefinedError():
            top = _TOP.search(str(error.message))
            return f"{error.message}{nearest(top[1], [*known, 'theme']) if top else ''}"
        case RecursionError():
            return (
                "it holds itself, and so has no end; the package's own is package/ before the name"
            )
    return str(error) or type(error).__name__


def no_template(name: str, known: Iterable[str]) -> str:
    """Return that there is no template *name*, and which of *known* is nearest."""
    return f"there is no template {name!r}{nearest(name, known)}"


def syntax_fault(error: jinja2.TemplateSyntaxError, name: str, env: jinja2.Environment) -> str:
    """Return file, line and fault of a template that cannot be read."""
    helper = _NO_HELPER.search(error.message or "")
    hint = ""
    if helper:
        hint = nearest(helper[2], env.filters if helper[1] == "filter" else env.tests)
    message = (error.message or "").rstrip(".")
    return f"{FOLDER}{error.name or name}:{error.lineno}: {message}{hint}"


def place(error: BaseException, name: str) -> str:
    """Return file and line of the template in which *error* arose, that of *name* if none."""
    # Jinja rewrites the traceback: its frames bear the template's file name and line.
    found, trace = FOLDER + name, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(FOLDER):
            found = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
