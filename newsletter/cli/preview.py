"""`newsletter preview`: issues in the browser, as they will look and be read."""

import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.preview_access import check_host, is_loopback, live_access
from newsletter.cli.telling import print_json
from newsletter.cli.weeks import week_named
from newsletter.config import Configuration, load

if TYPE_CHECKING:
    from newsletter.preview.desk import Desk

_PORT = 8765
_HOST = "127.0.0.1"


@click.command("preview")
@options("week-argument", "config", "now", "output", "json", "talk")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="Where to listen; 0 takes any free port.",
)
@click.option(
    "--host",
    metavar="ADDRESS",
    default=_HOST,
    show_default=True,
    help="Where to listen; other than this machine needs preview.password in feeds.yaml.",
)
@click.option(
    "--set-password", is_flag=True, help="Ask for a password; print its line for feeds.yaml."
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
    host: str,
    set_password: bool,
    no_browser: bool,
    address: str | None,
) -> None:
    """Show issues in the browser, and edit them: page and e-mail in every width and scheme.

    With the check report beside them. A template, theme or feeds.yaml that is saved shows at once.
    Serves this machine alone until Ctrl-C; changes nothing but on your word. The address that it
    prints lets in once, within 15 minutes, who may edit; press Enter for another.
    """
    if set_password:
        _set_password(as_json=as_json)
        return
    from newsletter.cli.assembly_preview import desk_of

    configuration = load(config)
    if address is None:
        check_host(host, configuration)
    target = _target(week, configuration, now, output, is_mailed=address is not None)
    desk = desk_of(config, output, _clock(now))
    if address is None:
        path = f"/issues/{target}" if target else "/"
        room = _Room(desk, config, configuration, host, port, path)
        _serve(room, as_json=as_json, talk=talk, no_browser=no_browser)
    elif target and desk.test_send:
        _test(desk.test_send, target, address, as_json=as_json, talk=talk)


def _target(
    week: str | None,
    configuration: Configuration,
    now: datetime,
    output: Path | None,
    *,
    is_mailed: bool,
) -> str | None:
    """Return the id of the issue that is meant; None if none was named, unless one is mailed."""
    from newsletter import wiring
    from newsletter.pipeline.standing import standing

    target = week_named(week, configuration, now)
    if is_mailed:
        wiring.mail_server(configuration)  # its faults are told before anything is looked up
    if not target and not is_mailed:
        return None
    with wiring.store(configuration) as store:
        return standing(target, store, wiring.output_folder(configuration, output)).issue.id


def _clock(now: datetime) -> Callable[[], datetime]:
    """Return what tells the time: *now* for ever if it was given by --now."""
    source = click.get_current_context().get_parameter_source("now")
    is_fixed = source is click.core.ParameterSource.COMMANDLINE
    return lambda: now if is_fixed else datetime.now(UTC).replace(microsecond=0)


def _test(
    send: Callable[[str, str], str], issue: str, address: str, *, as_json: bool, talk: Talk
) -> None:
    said = send(issue, address)
    if as_json:
        print_json({"issue": issue, "recipient": address, "outcome": "accepted", "detail": said})
    elif not talk.quiet:
        click.echo(said)


class _Room(NamedTuple):
    """What is served, where, and the page that is opened first."""

    desk: "Desk"
    config: Path
    configuration: Configuration
    host: str
    port: int
    path: str


def _serve(room: _Room, *, as_json: bool, talk: Talk, no_browser: bool) -> None:
    from newsletter.preview import Server

    is_asked = not as_json and sys.stdin is not None and sys.stdin.isatty()
    renewal = "press Enter in that terminal" if is_asked else "start the preview again"
    access = live_access(room.config, room.configuration, room.host, renewal=renewal)
    server = Server(room.desk, host=room.host, port=room.port, access=access)

    def tell() -> str:
        place = server.address(room.path)
        if as_json:
            print_json({"url": place})
        else:
            click.echo(place)
        return place

    place = tell()
    if not talk.quiet:
        _tell_how(room.host, server.port, is_asked=is_asked)
    if not no_browser:
        webbrowser.open(place)  # the very one that was printed: whoever comes first is let in
    if is_asked:
        _listen_for_enter(tell)
    server.run()


def _tell_how(host: str, port: int, *, is_asked: bool) -> None:
    from newsletter.preview.sessions import KEY_LASTS_MIN

    if not is_loopback(host):
        click.echo(_NO_TLS.format(port=port), err=True)
    within = f"each lets in once, within {KEY_LASTS_MIN} minutes"
    more = f"; Enter prints a new address: {within}" if is_asked else ""
    click.echo(f"Ctrl-C ends the preview{more}", err=True)


def _listen_for_enter(tell: Callable[[], object]) -> None:
    """Call *tell* for each line that is typed, beside whatever this thread does."""

    def listen() -> None:
        # Not through sys.stdin: a thread that holds its lock would hold up the end of the process.
        with suppress(OSError):
            while os.read(sys.stdin.fileno(), 1024):
                tell()

    if hasattr(signal, "SIGTTIN"):
        # In the background (`&`) reading the terminal would stop the process; so it fails instead.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    threading.Thread(target=listen, name="enter", daemon=True).start()


def _set_password(*, as_json: bool) -> None:
    from newsletter.preview.login_hash import LEAST, hashed

    if sys.stdin.isatty():
        password = click.prompt(
            f"Password for the preview ({LEAST} characters or more)",
            hide_input=True,
            confirmation_prompt="Once more",
            err=True,
        )
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    made = hashed(password)
    if as_json:
        print_json({"preview": {"password": made}})
        return
    click.echo(f'preview: {{password: "{made}"}}')
    click.echo("Write this line into feeds.yaml; the password itself is kept nowhere", err=True)


_NO_TLS = """\
What goes over this address can be read on the way. With TLS before it, leave --host out, write
preview.hosts: [news.example.org] beside the password in feeds.yaml, and have one of these running:
  Caddy:  news.example.org {{ reverse_proxy 127.0.0.1:{port} }}
  nginx:  location / {{ proxy_pass http://127.0.0.1:{port}; proxy_buffering off;
          proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto $scheme;
          proxy_set_header X-Forwarded-For $remote_addr; }}"""
