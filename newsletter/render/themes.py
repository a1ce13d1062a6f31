"""Reads a theme: colours in two schemes, fonts and sizes, refused where its text cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from newsletter.errors import TemplateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme by name: colours as `#RRGGBB` by their names, fonts as CSS lists of families."""

    name: str
    title: str
    light: Mapping[str, str]
    dark: Mapping[str, str]
    font: Mapping[str, str]


def theme_named(name: str, templates: Mapping[str, str]) -> Theme:
    """Return the theme that `themes/NAME.yaml` holds.

    Raises:
        TemplateError: there is none, or it has a fault.
    """
    file = f"themes/{name}.yaml"
    if file not in templates:
        raise TemplateError(
            f"templates/{file}: there is no such theme; there are {_known(templates)}"
        )
    try:
        data: Mapping[str, Any] = YAML(typ="safe", pure=True).load(templates[file])
        return Theme(
            name=name,
            title=data["title"],
            light=data["light"],
            dark=data["dark"],
            font=data["font"],
        )
    except (YAMLError, KeyError, TypeError) as error:
        raise TemplateError(f"templates/{file}: is no theme: {error}") from error


def _known(templates: Mapping[str, str]) -> str:
    found = (name for name in templates if name.startswith("themes/") and name.endswith(".yaml"))
    return ", ".join(sorted(name.removeprefix("themes/").removesuffix(".yaml") for name in found))
