"""Draws templates that were handed in as text, and names file and line of what is wrong in them."""

from collections.abc import Iterator, Mapping, MutableMapping
from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from newsletter.errors import TemplateError
from newsletter.render import safe
from newsletter.render.heads import columns
from newsletter.render.inline import STYLESHEET
from newsletter.render.inline import faults as sheet_faults
from newsletter.render.notes import Notes
from newsletter.render.prose import Prose, styled
from newsletter.render.prose_writing import as_text
from newsletter.render.template_faults import (
    FOLDER,
    Unknown,
    nearest,
    no_template,
    place,
    reason,
    syntax_fault,
)
from newsletter.render.themes import Theme, theme_named, themes_in
from newsletter.render.wrapping import filled

PACKAGE = "package/"
_COLUMNS = 72
_OWN = "newsletter.render."  # the views of an issue and of the archive, and the theme
# What a fault in a template's own words can raise while it is drawn.
_FAULTS = (
    jinja2.TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip


class _Texts(jinja2.BaseLoader):
    """Loads templates from a mapping of names to texts."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  Jinja's own name
    ) -> jinja2.Template:
        if not _is_there(name, self._templates):
            raise jinja2.TemplateNotFound(name)
        text = self._templates.get(name, "") or self._templates[name.removeprefix(PACKAGE)]
        code = _code(name, text)
        return environment.template_class.from_code(environment, code, globals or {})

    def list_templates(self) -> list[str]:
        return sorted(self._templates)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that does not look twice at what was made to be printed."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if type(obj).__module__.startswith(_OWN) and not attr.startswith("_"):
            return True
        return super().is_safe_attribute(obj, attr, value)


def environment(templates: Mapping[str, str], theme: Theme | None = None) -> jinja2.Environment:
    """Return a Jinja environment over *templates*: HTML is escaped, unknown names are errors.

    Templates and their macros know *theme* by that name. What the package ships stands, beside its
    own name, below `package/`, so that a template of that name can extend what it replaces. The
    environment is sandboxed: a theme that a friend sent cannot reach beyond the values it is given.
    """

    def stylesheet(*names: str) -> Markup:
        found = next((name for name in names if name in templates), None)
        if found is None:
            raise jinja2.TemplateNotFound(names[0])
        # A style element ends at the first "</" and nowhere else (HTML, 13.1.2.1).
        return Markup(templates[found].replace("</", "<\\/"))  # noqa: S704

    env = _environment(_Texts(templates))
    env.globals["stylesheet"] = stylesheet  # of several, the first that is there
    env.globals["theme"] = theme
    return env


def _environment(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    env = _Sandbox(
        loader=loader,
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Both throw dice: the same issue is to be the same bytes.
    del env.filters["random"], env.globals["lipsum"]
    env.filters |= {
        "columns": columns,
        "filled": filled,
        "markdown": safe.markdown,
        "markdown_link": safe.markdown_link,
        "noted": _noted,
        "styled": styled,
        "yaml": safe.yaml_text,
    }
    return env


@lru_cache(maxsize=64)
def _code(name: str, text: str) -> CodeType:
    """Compile a template: the same for the same text, and dear, so done once."""
    return _environment().compile(text.removeprefix("\ufeff"), name, FOLDER + name)


@lru_cache(maxsize=64)
def _tree(name: str, text: str) -> nodes.Template:
    """Parse a template, to be looked at alone: what is kept must not be changed."""
    return _environment().parse(text, name)


def _noted(text: Prose, notes: Notes) -> str:
    """Write prose as plain text in lines, each link with its number."""
    return as_text(text.blocks, notes.numbers, _COLUMNS)


def draw(env: jinja2.Environment, name: str, **values: object) -> str:
    """Return template *name* filled with *values*.

    Raises:
        TemplateError: a template is missing, or has a fault; says in which file and line, and of a
            name that is not known which is nearest.
    """
    try:
        text = env.get_template(name).render(values)
        text.encode()  # half a surrogate pair in a template is its fault
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(syntax_fault(error, name, env)) from error
    except _FAULTS as error:
        raise TemplateError(f"{place(error, name)}: {reason(error, env, values)}") from error
    return text


def check_templates(templates: Mapping[str, str], theme: str | None = None) -> None:
    """Compile every template, look up what it includes, and read the style sheet and every theme.

    *theme* is one that there must be.

    Raises:
        TemplateError: with every fault found, one a line, each with file and line.
    """
    env = environment(templates)
    found = [fault for name in sorted(templates) for fault in _faults(env, name, templates)]
    found += sheet_faults(templates.get(STYLESHEET, ""))
    for name in sorted({*themes_in(templates), *([] if theme is None else [theme])}):
        try:
            theme_named(name, templates)
        except TemplateError as error:
            found.append(str(error))
    if found:
        raise TemplateError("\n".join(found))


def _faults(env: jinja2.Environment, name: str, templates: Mapping[str, str]) -> Iterator[str]:
    # What the package ships is looked at under its own name, or is not drawn at all.
    if not name.endswith(".j2") or name.startswith(PACKAGE):
        return
    try:
        _code(name, templates[name])
        tree = _tree(name, templates[name])
    except jinja2.TemplateSyntaxError as error:
        yield syntax_fault(error, name, env)
        return
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        wanted: nodes.Expr = getattr(node, "template")  # noqa: B009  the four share no base
        if isinstance(wanted, nodes.Const) and not _is_there(wanted.value, templates):
            yield f"{FOLDER}{name}:{node.lineno}: {no_template(wanted.value, templates)}"
        elif isinstance(wanted, nodes.Const) and isinstance(node, nodes.Extends):
            yield from _strange_blocks(name, tree, wanted.value, templates)


def _strange_blocks(
    name: str,
    tree: nodes.Template,
    extended: str,
    templates: Mapping[str, str],
) -> Iterator[str]:
    """Yield a fault for each block of a template that what it extends never draws."""
    known: set[str] = set()
    while extended:
        text = templates.get(extended) or templates.get(extended.removeprefix(PACKAGE), "")
        try:
            parent = _tree(extended, text)
        except jinja2.TemplateSyntaxError:
            return  # told where it is looked at itself
        known.update(block.name for block in parent.find_all(nodes.Block))
        bases = [one.template for one in parent.find_all(nodes.Extends)]
        base = bases[0].value if bases and isinstance(bases[0], nodes.Const) else ""
        extended = base if base != extended else ""
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            hint = nearest(block.name, known)
            yield f"{FOLDER}{name}:{block.lineno}: there is no block {block.name!r}{hint}"


def _is_there(name: str, templates: Mapping[str, str]) -> bool:
    return name in templates or name.removeprefix(PACKAGE) in templates
