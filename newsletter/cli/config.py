"""`newsletter config`: says what is wrong with feeds.yaml, and what may stand there."""

from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json
from newsletter.config import load
from newsletter.errors import ConfigError, TemplateError


@click.group("config")
def command() -> None:
    """Check the configuration, or print its JSON Schema."""


@command.command("check")
@options("config", "json", "talk")
def check(config: Path, as_json: bool, talk: Talk) -> int:
    """Say what is wrong with the configuration, all of it at once; exit 2 if anything is.

    And with the templates and themes; exit 1 if it is they.
    """
    from newsletter.render import check_templates
    from newsletter.workspace import read_templates

    try:
        configuration = load(config)
        check_templates(read_templates(configuration.workspace), configuration.settings.theme)
    except TemplateError as error:
        if not as_json:
            raise
        faults = str(error).splitlines()
        print_json({"config": str(config), "ok": False, "faults": faults})
        return error.exit_code
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"config": str(config), "ok": False, "faults": error.faults})
        return error.exit_code
    feeds, seeds = len(configuration.feeds), len(configuration.seed_folders)
    sections = len(configuration.settings.sections)
    if as_json:
        counts = {"sections": sections, "feeds": feeds, "seed_folders": seeds}
        print_json({"config": str(config), "ok": True, "faults": [], **counts})
    elif not talk.quiet:
        parts = counted(sections, "section"), counted(feeds, "feed"), counted(seeds, "seed folder")
        click.echo(f"{config}: good: {', '.join(parts)}")
    return 0


@command.command("schema")
@options("json", "talk")
def schema(as_json: bool, talk: Talk) -> None:
    """Print the JSON Schema (2020-12) of feeds.yaml, for editors that check while one types.

    Example: newsletter config schema > feeds.schema.json, and as the first line of feeds.yaml:
    # yaml-language-server: $schema=feeds.schema.json
    """
    from newsletter.config.jsonschema import json_schema

    del as_json, talk  # it is JSON in any case, and all that is said
    print_json(json_schema())
