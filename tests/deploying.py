"""Reads the files that there are to copy for operating the newsletter."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "newsletter" / "data" / "deploy"


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def yaml(name: str) -> Any:
    return YAML(typ="safe").load(text(name))


def steps() -> list[Mapping[str, Any]]:
    (job,) = yaml("pages.yml")["jobs"].values()
    return list(job["steps"])
