"""Draws templates that were handed in as text, and names file and line of what is wrong in them."""

from collections.abc import Callable, Iterator, Mapping

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from newsletter.errors import TemplateError
from newsletter.render import safe
from newsletter.render.themes import Theme

_FOLDER = "templates/"
# What a fault in a template's own words can raise while it is drawn.
_FAULTS = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip


def environment(templates: Mapping[str, str], theme: Theme | None = None) -> jinja2.Environment:
    """Return a Jinja environment over *templates*: HTML is escaped, unknown names are errors.

    Templates and their macros know *theme* by that name. The environment is sandboxed: a theme that
    a friend sent cannot reach beyond the values it is given.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = templates.get(name)
        return None if text is None else (text, _FOLDER + name, lambda: True)

    def stylesheet(name: str) -> Markup:
        if name not in templates:
            raise jinja2.TemplateNotFound(name)
        # A style element ends at the first "</" and nowhere else (HTML, 13.1.2.1).
        return Markup(templates[name].replace("</", "<\\/"))  # noqa: S704

    env = ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(load),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals["stylesheet"] = stylesheet
    env.globals["theme"] = theme
    env.filters["markdown"] = safe.markdown
    env.filters["markdown_link"] = safe.markdown_link
    env.filters["yaml"] = safe.yaml_text
    return env


def draw(env: jinja2.Environment, name: str, **values: object) -> str:
    """Return template *name* filled with *values*.

    Raises:
        TemplateError: a template is missing, or has a fault; says in which file and line.
    """
    try:
        return env.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(_syntax_fault(error, name)) from error
    except _FAULTS as error:
        raise TemplateError(f"{_place(error, name)}: {_reason(error)}") from error


def check_templates(templates: Mapping[str, str]) -> None:
    """Compile every template and look up what it includes.

    Raises:
        TemplateError: with every fault found, one a line, each with file and line.
    """
    env = environment(templates)
    faults = [fault for name in sorted(templates) for fault in _faults(env, name, templates)]
    if faults:
        raise TemplateError("\n".join(faults))


def _faults(env: jinja2.Environment, name: str, templates: Mapping[str, str]) -> Iterator[str]:
    if not name.endswith(".j2"):
        return
    try:
        env.compile(templates[name], name)
        tree = env.parse(templates[name], name)
    except jinja2.TemplateSyntaxError as error:
        yield _syntax_fault(error, name)
        return
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        wanted: nodes.Expr = getattr(node, "template")  # noqa: B009  the four share no base
        if isinstance(wanted, nodes.Const) and wanted.value not in templates:
            yield f"{_FOLDER}{name}:{node.lineno}: there is no template {wanted.value!r}"


def _syntax_fault(error: jinja2.TemplateSyntaxError, name: str) -> str:
    return f"{_FOLDER}{error.name or name}:{error.lineno}: {error.message}"


def _reason(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name!r}"
    return str(error) or type(error).__name__


def _place(error: Exception, name: str) -> str:
    # Jinja rewrites the traceback: its frames bear the template's file name and line.
    place, trace = _FOLDER + name, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_FOLDER):
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
