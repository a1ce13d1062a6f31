"""`newsletter feeds import` and `export`: lists of feeds from other programs, and for them."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json

if TYPE_CHECKING:
    from newsletter.config.opml import Listed
    from newsletter.model import Feed


def section_option(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a section's name on one line; a name of nothing is a usage error."""
    del ctx, param
    if value is None:
        return None
    name = " ".join(value.split())
    if not name:
        raise click.BadParameter("the name is empty; write one, or leave --section out")
    return name


@click.command("import", short_help="Add the feeds of an OPML file.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--section",
    metavar="S",
    callback=section_option,
    help="For feeds that lie in no folder. [default: the first section]",
)
@click.option("--dry-run", is_flag=True, help="Say what would be added, and do nothing.")
@options("config", "json", "talk")
def import_(
    file: Path, section: str | None, dry_run: bool, config: Path, as_json: bool, talk: Talk
) -> None:
    """Add the feeds that an OPML FILE lists (- reads from stdin).

    Folders become sections, those in folders are joined by " / "; titles become names. Feeds that
    are there already are left as they are. None is asked: newsletter feeds check does that.
    """
    from newsletter.cli.picking import section_named
    from newsletter.config import load
    from newsletter.config.editing import with_feeds
    from newsletter.config.writing import config_file

    configuration = load(config)
    listed, refused = listed_in(file)
    sections = [part.name for part in configuration.settings.sections]
    home, _ = section_named(section, sections)
    new, known = sorted_out(listed, configuration.feeds, home)
    if new and not dry_run:
        opened = config_file(config)
        opened.replace(with_feeds(opened.text, new))
    if as_json:
        added = [_feed_json(feed) for feed in new]
        left_out = [{"url": url, "reason": reason} for url, reason in refused]
        print_json({"added": added, "known": known, "refused": left_out, "dry_run": dry_run})
        return
    for url, reason in refused:
        click.echo(f"left out: {url}: {reason}", err=True)
    if not talk.quiet:
        word = "would add" if dry_run else "added"
        for name, count in Counter(feed.section for feed in new).items():
            where = (
                name if section_named(name, sections)[0] in sections else f"the new section {name}"
            )
            click.echo(f"{word} to {where}: {counted(count, 'feed')}")
            tell_near_section(name, sections)
        click.echo(
            f"{counted(len(new), 'feed')} {'to add' if dry_run else 'added'} to {config},"
            f" {known} there already, {len(refused)} left out"
        )


def tell_near_section(name: str, sections: "Sequence[str]") -> None:
    """Say on stderr which of *sections* a new one may have been meant to be, if it is like one."""
    from newsletter.cli.picking import near_section

    near = near_section(name, sections)
    if near:
        click.echo(
            f"{name} is a new section; if {near} was meant, put its feeds there in the file",
            err=True,
        )


@click.command("export", short_help="Write the feeds as OPML.")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@options("config", "json", "talk")
def export(file: Path | None, config: Path, as_json: bool, talk: Talk) -> None:
    """Write every feed as OPML 2.0 to FILE, or to stdout; sections become folders.

    Disabled feeds are listed, too: OPML has no word for them that other programs heed.
    """
    from newsletter.config import load
    from newsletter.config.opml import write_opml
    from newsletter.errors import OutputError

    configuration = load(config)
    content = write_opml(configuration.settings.title, configuration.feeds)
    target = file if file and str(file) != "-" else None
    if target:
        try:
            target.write_bytes(content)
        except OSError as error:
            raise OutputError(
                f"{target}: cannot be written: {error.strerror}; choose another file"
            ) from error
    if as_json:
        feeds = [_feed_json(feed) for feed in configuration.feeds]
        opml = None if target else content.decode("utf-8")
        print_json({"file": str(target) if target else None, "feeds": feeds, "opml": opml})
    elif not target:
        sys.stdout.write(content.decode("utf-8"))
    elif not talk.quiet:
        click.echo(f"{target}: {counted(len(configuration.feeds), 'feed')}")


def listed_in(file: Path) -> "tuple[tuple[Listed, ...], tuple[tuple[str, str], ...]]":
    """Return the feeds that the OPML *file* lists, and those that cannot be asked and why.

    Raises:
        ParseError: it cannot be read, is no OPML, or lists no feed.
    """
    from newsletter.config.opml import MAX_BYTES, read_opml
    from newsletter.errors import ParseError

    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as source:
            content = source.read(MAX_BYTES + 1)
    except OSError as error:
        raise ParseError(
            f"{file}: cannot be read: {error.strerror}; name a file that your reader exported"
        ) from error
    try:
        listed, refused = read_opml(content)
    except ParseError as error:
        raise ParseError(f"{file}: {error}") from error
    if not listed and not refused:
        raise ParseError(f"{file}: is OPML, but lists no feed; see that the export was complete")
    return listed, refused


def sorted_out(
    listed: "Sequence[Listed]", known: "Sequence[Feed]", home: str
) -> "tuple[list[Feed], int]":
    """Return the feeds of *listed* that are new, and how many are not; *home* is for the loose."""
    from newsletter.config.loading import feed_key
    from newsletter.model import Feed

    keys = {feed_key(feed.url) for feed in known}
    new: list[Feed] = []
    for one in listed:
        if feed_key(one.url) not in keys:
            keys.add(feed_key(one.url))
            new.append(Feed(url=one.url, section=one.section or home, name=one.name))
    return new, len(listed) - len(new)


def _feed_json(feed: "Feed") -> dict[str, object]:
    return {"url": feed.url, "name": feed.name, "section": feed.section}
