"""Reads a theme: colours in two schemes, fonts and sizes, refused where its text cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from newsletter.errors import TemplateError
from newsletter.render.safe import plain
from newsletter.render.theme_faults import GROUPS, Written, faults_in, misplaced

_TEMPLATES, _FOLDER, _ENDING, _PACKAGE = "templates/", "themes/", ".yaml", "package/"
_USUAL_WIDTH_PX = 600
_BAND_LINE = 0.3  # how much of its ink a quiet line on the band has
_USUAL_IN_OUTLOOK = {"sans-serif": "Arial", "serif": "Georgia", "monospace": "Courier New"}
# Classic Outlook falls back to Times New Roman where it lacks the first family of a list.
_IN_WINDOWS = (
    "Arial", "Calibri", "Cambria", "Candara", "Consolas", "Courier New", "Georgia", "Segoe UI",
    "Tahoma", "Times New Roman", "Trebuchet MS", "Verdana",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A size of letters and the height of their line, in CSS pixels."""

    font: int
    line: int

    @property
    def css(self) -> str:
        """Return both as declarations for a style attribute."""
        return f"font-size:{self.font}px;line-height:{self.line}px"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a theme sets the parts of an issue, in a word each."""

    masthead: str
    contents: str
    headline: str
    difference: str
    numbers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture in the place of the title's words; `alt` is "" where the title itself will do."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme by name: colours as `#RRGGBB` by their names, fonts as CSS lists of families.

    `lineage` are the names of the themes that it extends, its own first. The lists in `font` are
    fit for a double-quoted attribute and for a style element; `outlook` has for each the one family
    that classic Outlook is to use. `sizes` are the mail's, `width` its greatest width in pixels.
    Every text can be read on its ground, in both schemes (WCAG 2.2 AA).
    """

    name: str
    lineage: tuple[str, ...]
    title: str
    light: Mapping[str, str]
    dark: Mapping[str, str]
    font: Mapping[str, Markup]
    outlook: Mapping[str, str]
    radius: int
    width: int
    logo: Logo | None
    form: Form
    sizes: Mapping[str, Size]


def themes_in(templates: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the themes that there are, in alphabetical order."""
    files = (name for name in templates if name.startswith(_FOLDER) and name.endswith(_ENDING))
    return tuple(sorted(name.removeprefix(_FOLDER).removesuffix(_ENDING) for name in files))


def theme_named(name: str, templates: Mapping[str, str]) -> Theme:
    """Return the theme that `themes/NAME.yaml` holds.

    A theme that says `extends: OTHER` takes from there what it does not set itself; one of the
    package's own name may extend the package's, kept as `package/themes/NAME.yaml`.

    Raises:
        TemplateError: there is none, or it has faults: each on a line, with file, line and key.
    """
    file = f"{_FOLDER}{name}{_ENDING}"
    if file not in templates:
        raise TemplateError(f"{_TEMPLATES}{file}: there is no such theme; {_there_are(templates)}")
    written, faults, lineage = _read(file, templates, ())
    faults += faults_in(written, _TEMPLATES + file)
    if faults:
        raise TemplateError("\n".join(faults))
    return _theme(lineage, {key: entry.value for key, entry in written.items()})


def _read(
    file: str, templates: Mapping[str, str], chain: tuple[str, ...]
) -> tuple[dict[str, Written], list[str], tuple[str, ...]]:
    """Return what *file* and those that it extends say, by dotted key, and their faults of form.

    And the names of these themes, its own first.
    """
    name = file.removeprefix(_PACKAGE).removeprefix(_FOLDER).removesuffix(_ENDING)
    written, faults = _entries(file, templates[file], len(chain))
    extends = written.pop("extends", None)
    if extends is None:
        return written, faults, (name,)
    base = f"{_FOLDER}{extends.value}{_ENDING}"
    itself = base == file
    if itself:
        base = _PACKAGE + base
    if base in templates and base not in chain:
        inherited, more, lineage = _read(base, templates, (*chain, file))
        lineage = lineage if itself else (name, *lineage)
        return written | (inherited | written), faults + more, lineage  # its own first
    fault = "extends itself" if itself or base in chain else "is no theme"
    line = f"{extends.place}: extends: {extends.value!r} {fault}; {_there_are(templates)}"
    return written, [*faults, line], (name,)


def _there_are(templates: Mapping[str, str]) -> str:
    return f"there are {', '.join(themes_in(templates)) or 'none'}"


def _entries(file: str, text: str, depth: int) -> tuple[dict[str, Written], list[str]]:
    written: dict[str, Written] = {}
    faults: list[str] = []
    for key, name, value in _leaves(_root(_TEMPLATES + file, text)):
        place = f"{_TEMPLATES}{file}:{name.start_mark.line + 1}"
        if key in written:
            faults.append(f"{place}: {key}: is written twice; keep one")
        elif isinstance(value, ScalarNode):
            written[key] = Written(value=str(value.value).strip(), place=place, depth=depth)
        else:
            faults.append(f"{place}: {key}: {misplaced(key)}")
    return written, faults


@lru_cache(maxsize=32)  # an edit renders the whole issue, and themes seldom change
def _root(file: str, text: str) -> MappingNode:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TemplateError(f"{file}:{line}: is not YAML: {error.problem}") from error
    except YAMLError as error:
        raise TemplateError(f"{file}: is not YAML: {plain(str(error))}") from error
    except RecursionError as error:
        raise TemplateError(f"{file}: is no theme; its lists are nested too deeply") from error
    if not isinstance(root, MappingNode):
        raise TemplateError(f"{file}:1: is no theme; write keys such as “title: Modern”")
    return root


def _leaves(root: MappingNode) -> Iterator[tuple[str, Node, Node]]:
    """Yield the dotted keys with the nodes of their names and values."""
    for name, value in root.value:
        key = _key(name)
        if key in GROUPS and isinstance(value, MappingNode):
            yield from ((f"{key}.{_key(inner)}", inner, leaf) for inner, leaf in value.value)
        else:
            yield key, name, value


def _key(node: Node) -> str:
    return plain(node.value) if isinstance(node, ScalarNode) else "?"


def _theme(lineage: tuple[str, ...], said: Mapping[str, str]) -> Theme:
    def group(prefix: str) -> dict[str, str]:
        return {key[len(prefix) :]: said[key] for key in said if key.startswith(prefix)}

    form, logo, fonts = group("form."), group("logo."), group("font.")
    numbers = form.pop("numbers") == "true"
    return Theme(
        name=lineage[0],
        lineage=lineage,
        title=plain(said["title"]),
        light=_ruled(group("light.")),
        dark=_ruled(group("dark.")),
        font={key: _families(value) for key, value in fonts.items()},
        outlook={key: _for_outlook(value) for key, value in fonts.items()},
        radius=int(said["radius"]),
        width=int(said.get("width", _USUAL_WIDTH_PX)),
        logo=_logo(logo) if logo else None,
        form=Form(**form, numbers=numbers),
        sizes={key: _size(value) for key, value in group("sizes.").items()},
    )


def _ruled(colours: dict[str, str]) -> dict[str, str]:
    """Add to *colours* that of a quiet line upon the band, where there is one."""
    if "band" not in colours:
        return colours
    return colours | {"band-line": _mixed(colours["band"], colours["band-ink"], _BAND_LINE)}


def _mixed(one: str, other: str, share: float) -> str:
    """Return *one* with so great a *share* of *other*, 0.0 to 1.0."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex().upper()


def _size(value: str) -> Size:
    font, line = value.split("/")
    return Size(font=int(font), line=int(line))


def _logo(said: Mapping[str, str]) -> Logo:
    width, height = int(said["width"]), int(said["height"])
    return Logo(url=said["url"], width=width, height=height, alt=plain(said.get("alt", "")))


def _names(value: str) -> list[str]:
    return [family.strip().strip("\"'") for family in value.split(",")]


def _families(value: str) -> Markup:
    # In single quotes: style attributes, where these lists stand, have double ones.
    return Markup(",".join(f"'{name}'" if " " in name else name for name in _names(value)))  # noqa: S704


def _for_outlook(value: str) -> str:
    names = _names(value)
    return next((name for name in names if name in _IN_WINDOWS), _USUAL_IN_OUTLOOK[names[-1]])
