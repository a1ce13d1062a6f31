"""Puts real things behind the doors that printing and checking an issue have."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter import wiring
from newsletter.cli.assembly import feeds_health
from newsletter.config import Configuration
from newsletter.model import Issue
from newsletter.pipeline.knowing import World, known_of
from newsletter.pipeline.press import Press
from newsletter.render.checking import Known
from newsletter.workspace import client_support_data, read_templates

if TYPE_CHECKING:
    from newsletter.store import Store


def press_of(
    configuration: Configuration,
    store: "Store",
    now: datetime,
    *,
    output: Path | None,
    answers: Mapping[str, str] | None = None,
) -> Press:
    """Return the press of a workspace; *answers* are those of the issue's links, if asked.

    Raises:
        TemplateError: the templates cannot be read.
    """

    def known(issue: Issue) -> Known:
        world = World(
            health=feeds_health(configuration, store, now),
            issues=store,
            support_data=client_support_data(),
            min_stories=configuration.settings.issue.min_stories,
        )
        return known_of(issue, world, answers)

    return Press(
        templates=read_templates(configuration.workspace),
        output=wiring.output_folder(configuration, output),
        known=known,
        issues=store,
    )
