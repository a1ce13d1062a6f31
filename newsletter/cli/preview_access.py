"""Who may come into the preview: as feeds.yaml says it, at the start and while it runs."""

import ipaddress
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.cli.editor_name import editor_name
from newsletter.config import Configuration, load
from newsletter.errors import ConfigError

if TYPE_CHECKING:
    from newsletter.preview.login import Access

_log = logging.getLogger(__name__)


def live_access(
    config: Path, configuration: Configuration, host: str, *, renewal: str
) -> "Callable[[], Access]":
    """Return what says who may come in at *host*, by the file at *config* as it is when called.

    *configuration* is what the file held at first. One that cannot be read, or that would let in
    anybody, changes nothing: the door stays as it was, and the log says why.

    Raises:
        ConfigError: *configuration* is such a one, or the password's hash is none.
    """
    editor = editor_name(configuration)
    stamp, access = None, _access_of(configuration, host, editor, renewal)

    def now() -> "Access":
        nonlocal stamp, access
        found = _stamp(config)
        if found != stamp:
            stamp = found
            try:
                access = _access_of(load(config), host, editor, renewal)
            except ConfigError as error:
                _log.warning("who may come in stays as it was: %s", "; ".join(error.faults))
        return access

    return now


def _access_of(configuration: Configuration, host: str, editor: str, renewal: str) -> "Access":
    from newsletter.preview.login import Access
    from newsletter.preview.login_hash import read_hash

    check_host(host, configuration)
    of_preview = configuration.settings.preview
    password = of_preview.password or ""
    if password:
        read_hash(password)
    return Access(editor=editor, password=password, hosts=of_preview.hosts, renewal=renewal)


def check_host(host: str, configuration: Configuration) -> None:
    """Refuse what would let in others than who is at this machine.

    Raises:
        ConfigError: others could come in at *host*, or by a name in preview.hosts, unasked.
    """
    of_preview = configuration.settings.preview
    if of_preview.password:
        return
    if not is_loopback(host):
        raise ConfigError([f"--host {host}: others could come in there; {_WAY_OUT}"])
    if of_preview.hosts:
        raise ConfigError([f"preview.hosts: others could come in by these names; {_WAY_OUT}"])


def is_loopback(host: str) -> bool:
    """Return whether *host* leads to this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when the file at *path* is written, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


_WAY_OUT = "set preview.password in feeds.yaml: newsletter preview --set-password makes its line"
