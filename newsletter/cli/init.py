"""`newsletter init`: makes a fresh workspace."""

from collections.abc import Mapping
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json

_TITLE = "The Weekly"


@click.command("init")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--opml", type=click.Path(path_type=Path), help="Take the feeds of this OPML file.")
@click.option("--title", default=_TITLE, show_default=True, help="What the newsletter is called.")
@options("json", "talk")
def command(directory: Path, opml: Path | None, title: str, as_json: bool, talk: Talk) -> None:
    """Make a fresh workspace in DIR: a commented feeds.yaml, a folder for seeds, a .gitignore.

    What lies there stays; where there is a feeds.yaml already, nothing is done.
    Example: newsletter init news --opml subscriptions.opml
    """
    from newsletter.cli.feeds_opml import listed_in, sorted_out
    from newsletter.config.editing import with_feeds
    from newsletter.config.loading import read_settings
    from newsletter.config.starting import fresh_files
    from newsletter.errors import OutputError

    config = directory / "feeds.yaml"
    if config.exists() or config.is_symlink():
        raise OutputError(
            f"{config}: is there already and stays as it is; name another folder, or add to it:"
            " newsletter feeds import FILE.opml"
        )
    title = " ".join(title.split()) or _TITLE
    files = dict(fresh_files(title))
    listed, refused = listed_in(opml) if opml else ((), ())
    home = read_settings(files["feeds.yaml"], "feeds.yaml").sections[0].name
    feeds, _ = sorted_out(listed, (), home)
    if feeds:
        files["feeds.yaml"] = with_feeds(files["feeds.yaml"], feeds)
    written = _write(directory, files)
    if as_json:
        refusals = [{"url": url, "reason": reason} for url, reason in refused]
        made = [str(directory / name) for name in written]
        print_json(
            {"directory": str(directory), "files": made, "feeds": len(feeds), "refused": refusals}
        )
        return
    for url, reason in refused:
        click.echo(f"left out: {url}: {reason}", err=True)
    if not talk.quiet:
        _tell(directory, written, len(feeds))


def _write(directory: Path, files: Mapping[str, str]) -> list[str]:
    """Write those of *files* that are not there yet, feeds.yaml last: it makes the workspace."""
    from newsletter.errors import OutputError

    written = []
    for name in sorted(files, key=lambda name: name == "feeds.yaml"):
        path = directory / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(files[name])
        except FileExistsError as error:
            if path.is_file():
                continue
            raise OutputError(f"{path}: something else is in the way; move it away") from error
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written: {error.strerror}; choose another folder"
            ) from error
        written.append(name)
    return written


def _tell(directory: Path, written: list[str], feeds: int) -> None:
    for name in written:
        told = f" ({counted(feeds, 'feed')})" if name == "feeds.yaml" and feeds else ""
        click.echo(f"made: {directory / name}{told}")
    click.echo("")
    click.echo("next:")
    if str(directory) != ".":
        click.echo(f"  cd {directory}")
    if feeds:
        click.echo("  newsletter feeds check         # ask every feed once")
    else:
        click.echo("  newsletter feeds add URL       # a feed, or a page that names one")
    click.echo("  newsletter build-issue         # the first issue, in dist/")
    click.echo("  newsletter run                 # every week, on time")
