"""The documents tell the truth about the code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from newsletter.cli.app import app
from newsletter.config.schema import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def keys(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Every key of feeds.yaml that holds a value, as the reference names it."""
    for name, field in model.model_fields.items():
        inner = [part for part in parts(field.annotation) if issubclass(part, BaseModel)]
        if not inner:
            yield f"{path}{name}"
        for part in inner:
            is_list = "tuple" in str(field.annotation)
            yield from keys(part, f"{path}{name}{'[]' if is_list else ''}.")


def parts(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for argument in get_args(annotation):
        yield from parts(argument)


@pytest.mark.parametrize("key", sorted(keys(Settings)))
def test_every_key_of_the_configuration_is_in_the_reference(key: str):
    rows = [line for line in README.splitlines() if line.startswith("|")]

    assert any(f"`{key}`" in row for row in rows)


@pytest.mark.parametrize("command", sorted(app.list_commands(None)))
def test_every_command_is_in_the_readme(command: str):
    assert re.search(rf"`newsletter {command}\b", README)


def test_every_dependency_says_why_it_and_not_its_rival():
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)

    names = re.findall(r'"([A-Za-z0-9_.-]+)', listed[1] if listed else "")

    assert names
    for name in names:
        assert re.search(rf"^\| .*\b{re.escape(name)}\b.*\|.*\|.*\|$", contributing, re.MULTILINE)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "newsletter").rglob("*.py")), ids=lambda path: path.name
)
def test_a_file_has_at_most_350_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
