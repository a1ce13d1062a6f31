"""`newsletter preview`: issues in the browser, as they will look and be read."""

import webbrowser
from datetime import UTC, datetime
from pathlib import Path

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import week_named
from newsletter.config import load

_PORT = 8765
_HOST = "127.0.0.1"


@click.command("preview")
@options("week-argument", "config", "now", "output", "json", "talk")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="Where to listen on this machine; 0 takes any free port.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--test-send", "address", metavar="ADDRESS", help="Mail the issue to ADDRESS; show nothing."
)
def command(
    week: str | None,
    config: Path,
    now: datetime,
    output: Path | None,
    as_json: bool,
    talk: Talk,
    port: int,
    no_browser: bool,
    address: str | None,
) -> None:
    """Show issues in the browser: the page and the real e-mail in every width and scheme.

    With the check report beside them. A template, theme or feeds.yaml that is saved shows at once.
    Serves this machine alone until Ctrl-C; changes nothing but on your word.
    """
    from newsletter import wiring
    from newsletter.cli.assembly_preview import desk_of
    from newsletter.pipeline.standing import standing
    from newsletter.preview import serve

    configuration = load(config)
    target = week_named(week, configuration, now)
    if address is not None:
        wiring.mail_server(configuration)
    if target or address is not None:
        with wiring.store(configuration) as store:
            folder = wiring.output_folder(configuration, output)
            target = standing(target, store, folder).issue.id
    is_set = click.get_current_context().get_parameter_source("now")
    fixed = is_set is click.core.ParameterSource.COMMANDLINE
    desk = desk_of(
        config,
        output,
        lambda: now if fixed else datetime.now(UTC).replace(microsecond=0),
    )
    if address is not None and target and desk.test_send:
        said = desk.test_send(target, address)
        if as_json:
            print_json(
                {"issue": target, "recipient": address, "outcome": "accepted", "detail": said}
            )
        elif not talk.quiet:
            click.echo(said)
        return

    def opened(url: str) -> None:
        place = f"{url}issues/{target}" if target else url
        if as_json:
            print_json({"url": place})
        else:
            click.echo(place)
        if not talk.quiet:
            click.echo("Ctrl-C ends the preview", err=True)
        if not no_browser:
            webbrowser.open(place)

    serve(desk, host=_HOST, port=port, opened=opened)
