"""`newsletter feeds`: looks after the feeds of feeds.yaml, which is edited in place."""

import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.feeds_health import asking, check, list_
from newsletter.cli.feeds_opml import export, import_, section_option, tell_near_section
from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json

if TYPE_CHECKING:
    from newsletter.config import Configuration
    from newsletter.model import Feed, FullText
    from newsletter.pipeline.subscribe import Offer


def _weight(ctx: click.Context, param: click.Parameter, value: float) -> float:
    del ctx, param
    if not 0 < value < math.inf:
        raise click.BadParameter(f"{value:g} is no weight; write a number above 0, such as 0.5")
    return value


_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@click.group("feeds")
def command() -> None:
    """List, check, add and remove feeds, and take them from other programs.

    feeds.yaml is edited in place: comments, order and everything else in it stay.
    """


for _command in (list_, check, import_, export):
    command.add_command(_command)


@command.command("add", short_help="Add a feed, by its URL or that of a web page.")
@click.argument("url")
@click.option(
    "--section",
    metavar="S",
    callback=section_option,
    help="The section; a new one is made. [default: the first]",
)
@click.option("--name", metavar="N", help="The outlet's name. [default: the feed's own title]")
@click.option(
    "--weight",
    type=float,
    default=1.0,
    show_default=True,
    callback=_weight,
    help="What it counts in ranking.",
)
@click.option(
    "--full-text",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether articles are read on their own pages; auto: where the feed has teasers.",
)
@click.option("--no-check", is_flag=True, help="Add it without asking it.")
@options("config", "now", "json", "talk")
def add(
    url: str,
    section: str | None,
    name: str | None,
    weight: float,
    full_text: "FullText",
    no_check: bool,
    config: Path,
    now: datetime,
    as_json: bool,
    talk: Talk,
) -> None:
    """Add the feed at URL, or the one that the web page there names.

    It is asked first. Example: newsletter feeds add https://example.org --section Research
    """
    from newsletter.cli.picking import known_feed, section_named
    from newsletter.config import load
    from newsletter.config.editing import with_feeds
    from newsletter.model import Feed

    url = _url(url)
    configuration = load(config)
    known, found = known_feed(url, configuration.feeds), None
    if not known and not no_check:
        found = _offered(url, configuration, now)
        known = known_feed(found.url, configuration.feeds)
    if known:
        _tell_known(known, found, config, as_json=as_json, talk=talk)
        return
    sections = [part.name for part in configuration.settings.sections]
    section, is_new = section_named(section, sections)
    offered = found.title[:_LONGEST_NAME] if found else ""
    feed = Feed(
        url=found.url if found else url,
        section=section,
        name=" ".join((name or offered).split()) or None,
        weight=weight,
        full_text=full_text,
    )
    _edit(config, lambda text: with_feeds(text, [feed]))
    if as_json:
        print_json(_added_json(feed, found, is_new=is_new, sections=sections))
    elif not talk.quiet:
        _tell_added(feed, found, is_new=is_new, config=config)
        tell_near_section(section, sections)


@command.command("remove", short_help="Remove a feed.")
@click.argument("feed")
@_DRY_RUN
@options("config", "json", "talk")
def remove(feed: str, dry_run: bool, config: Path, as_json: bool, talk: Talk) -> None:
    """Remove FEED (its URL, its name, or a part of either that no other has).

    Its articles leave the coming issue. `newsletter feeds disable` leaves it out without
    forgetting it.
    """
    from newsletter.cli.picking import feed_named, shown_name
    from newsletter.config import load
    from newsletter.config.editing import without_feed

    found = feed_named(feed, load(config).feeds)
    _edit(config, lambda text: without_feed(text, found.url), dry_run=dry_run)
    if as_json:
        print_json({"removed": not dry_run, **_feed_json(found), "dry_run": dry_run})
    elif not talk.quiet:
        click.echo(f"{'would remove' if dry_run else 'removed'}: {shown_name(found)}")


@command.command("enable", short_help="Ask feeds again.")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@options("config", "json", "talk")
def enable(feeds: tuple[str, ...], config: Path, as_json: bool, talk: Talk) -> None:
    """Ask each FEED again (its URL, its name, or a part of either that no other has)."""
    _switch(feeds, config, enabled=True, as_json=as_json, talk=talk)


@command.command("disable", short_help="Leave feeds out without forgetting them.")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@options("config", "json", "talk")
def disable(feeds: tuple[str, ...], config: Path, as_json: bool, talk: Talk) -> None:
    """Leave each FEED out without forgetting it (its URL, its name, or a part of either)."""
    _switch(feeds, config, enabled=False, as_json=as_json, talk=talk)


@command.command("move", short_help="Write another URL for a feed.")
@click.argument("feed")
@click.argument("url", required=False)
@options("config", "json", "talk")
def move(feed: str, url: str | None, config: Path, as_json: bool, talk: Talk) -> None:
    """Write URL in place of the URL of FEED; without one, where it has moved for good."""
    from newsletter import wiring
    from newsletter.cli.picking import feed_named, known_feed, shown_name
    from newsletter.config import load
    from newsletter.config.editing import with_url
    from newsletter.errors import IssueError

    configuration = load(config)
    found = feed_named(feed, configuration.feeds)
    if url is None:
        with wiring.store(configuration) as store:
            visit = store.visits().get(found.url)
        if not visit or not visit.moved_to:
            raise IssueError(
                f"{shown_name(found)} has not moved, as far as is known; write where it is now:"
                " newsletter feeds move FEED URL"
            )
        url = visit.moved_to
    target = _url(url)
    there = known_feed(target, [feed for feed in configuration.feeds if feed != found])
    if there:
        raise IssueError(
            f"{target} is in {config} already, in {there.section}; take the old one out:"
            f" newsletter feeds remove {found.url}"
        )
    _edit(config, lambda text: with_url(text, found.url, target))
    if as_json:
        print_json({**_feed_json(found), "moved_to": target})
    elif not talk.quiet:
        click.echo(f"{shown_name(found)} is now at {target}")


_LONGEST_NAME = 80  # characters of a feed's title that make a name


def _switch(
    named: tuple[str, ...], config: Path, *, enabled: bool, as_json: bool, talk: Talk
) -> None:
    from newsletter.cli.picking import feed_named, shown_name
    from newsletter.config import load
    from newsletter.config.editing import with_enabled

    feeds = load(config).feeds
    found = list(dict.fromkeys(feed_named(text, feeds) for text in named))

    def switched(text: str) -> str:
        for feed in found:
            text = with_enabled(text, feed.url, enabled=enabled)
        return text

    _edit(config, switched)
    word = "enabled" if enabled else "disabled"
    if as_json:
        rows = [
            {**_feed_json(feed), "enabled": enabled, "changed": feed.enabled is not enabled}
            for feed in found
        ]
        print_json({"feeds": rows})
    elif not talk.quiet:
        for feed in found:
            already = " already" if feed.enabled is enabled else ""
            click.echo(f"{word}{already}: {shown_name(feed)}")


def _edit(config: Path, edit: Callable[[str], str], *, dry_run: bool = False) -> None:
    from newsletter.config.writing import config_file

    file = config_file(config)
    text = edit(file.text)
    if not dry_run:
        file.replace(text)


def _url(text: str) -> str:
    from newsletter.config.quantities import web_url

    try:
        return web_url(text)
    except ValueError as error:
        raise click.UsageError(f"URL: {error}") from error


def _offered(url: str, configuration: "Configuration", now: datetime) -> "Offer":
    from newsletter.errors import FetchError
    from newsletter.pipeline.subscribe import offer

    try:
        return offer(url, asking(configuration, now))
    except FetchError as error:
        raise FetchError(f"{error}; --no-check adds a feed without asking it") from error


def _tell_known(
    feed: "Feed", found: "Offer | None", config: Path, *, as_json: bool, talk: Talk
) -> None:
    if as_json:
        reason = "it is there already"
        others = _others_json(found)
        print_json({"added": False, **_feed_json(feed), "reason": reason, "others": others})
    elif not talk.quiet:
        _tell_others(found)
        disabled = "" if feed.enabled else ", disabled (newsletter feeds enable)"
        click.echo(f"{feed.url} is in {config} already, in {feed.section}{disabled}")


def _added_json(
    feed: "Feed", found: "Offer | None", *, is_new: bool, sections: list[str]
) -> dict[str, object]:
    from newsletter.cli.picking import near_section

    return {
        "added": True,
        **_feed_json(feed),
        "new_section": is_new,
        "near_section": near_section(feed.section, sections),
        "checked": found is not None,
        "entries": found.entries if found else None,
        "page": found.page if found else None,
        "moved_from": found.moved_from if found else None,
        "others": _others_json(found),
    }


def _others_json(found: "Offer | None") -> list[dict[str, str]]:
    return [{"url": one.url, "title": one.title} for one in (found.others if found else ())]


def _tell_others(found: "Offer | None") -> None:
    for one in found.others if found else ():
        click.echo(f"also there: {one.url}{f' ({one.title})' if one.title else ''}", err=True)


def _tell_added(feed: "Feed", found: "Offer | None", *, is_new: bool, config: Path) -> None:
    if found and found.moved_from:
        click.echo(f"{found.moved_from} has moved for good to {feed.url}", err=True)
    _tell_others(found)
    held = f", {counted_entries(found.entries)}" if found else ", not asked"
    name = f"{feed.name}: " if feed.name else ""
    where = f"the new section {feed.section}" if is_new else feed.section
    click.echo(f"added to {where} in {config}: {name}{feed.url}{held}")


def counted_entries(count: int) -> str:
    """Return a number of entries in words."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def _feed_json(feed: "Feed") -> dict[str, object]:
    return {"url": feed.url, "name": feed.name, "section": feed.section}
