"""`newsletter add`: files one article for the coming issue."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.pipeline.filing import Draft, Place, Wish


@click.command("add")
@click.argument("article", metavar="URL|FILE")
@click.option("--title", help="Its title, where the article's own will not do.")
@click.option("--section", metavar="S", help="Its section. [default: the first with seeds]")
@click.option("--source", help="Its outlet, where the article's own name for it will not do.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@options("config", "now", "json", "talk")
def command(
    article: str,
    title: str | None,
    section: str | None,
    source: str | None,
    dry_run: bool,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """File one article for the coming issue: the one at URL, or the document FILE.

    It is put into the folder of seeds of its section. What is there already is not added twice.
    Example: newsletter add https://example.org/story --section Research
    """
    from newsletter.config import load
    from newsletter.pipeline.filing import Wish, place_for

    configuration = load(config)
    sections = {part.name: part.seeds for part in configuration.settings.sections}
    taken = [path.name for path in configuration.workspace.iterdir()]
    place = place_for(section, sections, taken)
    draft = _draft(article, Wish(title=title, source=source), configuration, now)
    path = draft.there
    if path is None and not dry_run:
        path = _put(draft, place, configuration, config)
    if as_json:
        is_new = draft.there is None
        print_json(
            {
                "added": is_new and not dry_run,
                "path": path,
                "section": place.section,
                "new_folder": place.folder if place.is_new and is_new else None,
                "title": draft.title,
                "url": draft.url,
                "dry_run": dry_run,
            }
        )
    elif not talk.quiet:
        _tell(draft, place, path, config)


def _draft(article: str, wish: "Wish", configuration: "Configuration", now: datetime) -> "Draft":
    from newsletter import wiring
    from newsletter.config.quantities import web_url
    from newsletter.errors import ParseError
    from newsletter.pipeline.filing import Filing, draft_of_file, draft_of_page
    from newsletter.sources.seeds import MAX_BYTES, SUFFIXES

    filing = Filing(
        seeds=wiring.seeds(configuration),
        workers=wiring.workers(),
        folders=configuration.seed_folders,
        now=now,
        language=configuration.settings.language,
        zone=configuration.settings.timezone,
    )
    if "://" in article:
        try:
            url = web_url(article)
        except ValueError as error:
            raise click.UsageError(f"URL: {error}") from error
        return draft_of_page(url, wiring.pages(configuration), wish, filing)
    path = Path(article)
    if path.is_dir():
        raise ParseError(f"{path}: is a folder; name a file in it")
    if not path.is_file():
        raise ParseError(f"{article!r}: there is no such file; a URL begins with https://")
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise ParseError(f"{path}: is no kind of document that is read here ({kinds})")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ParseError(f"{path}: is larger than {MAX_BYTES / 1e6:g} MB")
        content = path.read_bytes()
    except OSError as error:
        raise ParseError(f"{path}: cannot be read: {error.strerror}") from error
    return draft_of_file(path.name, content, wish, filing)


def _put(draft: "Draft", place: "Place", configuration: "Configuration", config: Path) -> str:
    from newsletter import wiring
    from newsletter.config.editing import with_seeds
    from newsletter.config.writing import config_file

    file = config_file(config)
    text = with_seeds(file.text, place.section, place.folder) if place.is_new else file.text
    if place.is_new:
        file.check_rights()
    path = wiring.put_seed(configuration, place.folder, draft.name, draft.content)
    file.replace(text)
    return path


def _tell(draft: "Draft", place: "Place", path: str | None, config: Path) -> None:
    if draft.there:
        click.echo(f"{draft.url or draft.name} is among the seeds already: {draft.there}")
        return
    if place.is_new:
        verb = "gets" if path else "would get"
        click.echo(f"{config}: the section {place.section} {verb} seeds: {place.folder}", err=True)
    title = f": {draft.title}" if draft.title else ""
    if path:
        click.echo(f"added to {place.section}: {path}{title}")
    else:
        click.echo(f"would add to {place.section}: {place.folder}{draft.name}{title}")
