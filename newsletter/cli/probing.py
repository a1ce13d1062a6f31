"""What the doctor asks of this machine: disks, rights, zone data, other clocks; nothing changes."""

import asyncio
import json
import shutil
import ssl
import tempfile
import zoneinfo
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener, getproxies

from newsletter.errors import FetchError, OutputError, StoreError
from newsletter.pipeline.doctor_times import ZoneData

_HEALTH_S = 3.0
_WEB_S = 10.0
_PROBE = b"\0" * 65_536  # more than a full disk may have left in its last block


def standing(folder: Path) -> Path:
    """Return *folder*, or where it is not there yet the nearest one above it that is."""
    whole = folder.absolute()
    return next(place for place in (whole, *whole.parents) if place.exists())


def disks(folders: Iterable[Path]) -> Iterator[tuple[str, int]]:
    """Yield each disk that *folders* lie on, named by them, with the bytes left for this user."""
    by_device: dict[int, list[Path]] = {}
    for folder in folders:
        places = by_device.setdefault(standing(folder).stat().st_dev, [])
        places += [] if folder in places else [folder]
    for places in by_device.values():
        usage = shutil.disk_usage(standing(places[0]))
        if usage.total:  # else it is no disk, but something that the system makes up
            yield ", ".join(map(str, places)), usage.free


def check_writable(folder: Path) -> None:
    """Write into *folder*, or where it would be made, a file that nobody ever sees.

    Raises:
        OutputError: it cannot be written.
    """
    place = standing(folder)
    try:
        with tempfile.TemporaryFile(prefix=".newsletter-", dir=place) as file:
            file.write(_PROBE)
            file.flush()
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written: {error.strerror}; make it, and give it to the user who"
            f" runs newsletter: chown -R USER {folder}, or name another place in feeds.yaml"
        ) from error


def unreadable(folder: Path) -> Iterator[str]:
    """Yield what in a folder of seeds cannot be read, itself if it is not there."""
    if not folder.is_dir():
        yield f"{folder}: there is no such folder"
        return
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_dir():
                next(path.iterdir(), None)
            elif path.is_file():
                path.open("rb").close()
        except OSError as error:
            yield f"{path}: cannot be read: {error.strerror}"


def stamps(output: Path, database: Path | None) -> Iterator[tuple[str, datetime]]:
    """Yield the newest files of the newsletter, each with when it was written."""
    found = [*output.glob("????-W??/issue.json"), *([database] if database else [])]
    for path in found:
        with suppress(OSError):
            yield (
                path.name if path == database else f"{path.parent.name}/{path.name}",
                _written(path),
            )


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def zone_data(name: str) -> ZoneData:
    """Return where the rules of the time zone *name* come from on this machine."""
    for folder in zoneinfo.TZPATH:
        if (Path(folder) / name).is_file():
            return ZoneData(
                source=f"the system's, {folder}",
                release=_release(Path(folder)),
                upgrade="apt install --only-upgrade tzdata, or what your system has for it",
            )
    try:
        release = str(import_module("tzdata").IANA_VERSION)
    except (ImportError, AttributeError):
        release = ""
    upgrade = "pip install --upgrade tzdata"
    return ZoneData(source="Python's tzdata", release=release, upgrade=upgrade)


def _release(folder: Path) -> str:
    for name in ("tzdata.zi", "+VERSION"):
        with suppress(OSError, UnicodeDecodeError), (folder / name).open(encoding="utf-8") as file:
            return file.readline().strip().removeprefix("# version ")
    return ""


def web_time(
    urls: tuple[str, ...], allow_private: frozenset[tuple[str, int]]
) -> tuple[str, datetime]:
    """Return the first of these servers that says what time it has, and that time.

    It is asked as feeds are: by the same guard, and through the environment's proxies.

    Raises:
        FetchError: none does.
    """
    return asyncio.run(_web_time(urls, allow_private))


async def _web_time(
    urls: tuple[str, ...], allow_private: frozenset[tuple[str, int]]
) -> tuple[str, datetime]:
    from yarl import URL

    from newsletter.net import Limits, Memory, Proxies
    from newsletter.net.hop import Answer, Going, Hops, Wanted
    from newsletter.net.resolve import Resolver, system_look_up

    limits = Limits(timeout_s=_WEB_S, allow_private=allow_private)
    tls = ssl.create_default_context()
    hops = Hops(limits, Proxies(getproxies()), Resolver(system_look_up), tls)
    wanted = Wanted(accept="*/*", first_bytes=1)
    reasons = []
    for url in urls:
        host = URL(url).host or url
        try:
            with Memory(limits.max_bytes, limits.max_bytes).share() as share:
                async with asyncio.timeout(_WEB_S) as deadline:
                    going = Going(wanted=wanted, share=share, deadline=deadline)
                    answer = await hops.ask(URL(url), {"User-Agent": "Newsletter"}, going)
            date = answer.header("Date") if isinstance(answer, Answer) else None
            if date:
                return host, parsedate_to_datetime(date).astimezone(UTC)
            reasons.append(f"{host} does not say")
        except (FetchError, OSError, ValueError) as error:  # TimeoutError is an OSError
            reasons.append(str(error) or f"{host}: no answer")
    raise FetchError(reasons[0] if reasons else "there is no feed to ask")


def daemon_health(host: str, port: int) -> str:
    """Return what a daemon on this machine says of itself at `/healthz`, where it is well.

    Raises:
        StoreError: it answers that it is not.
        OutputError: nobody answers.
    """
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    url = f"http://{here}:{port}/healthz"
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(url, timeout=_HEALTH_S) as answer:
            return _status(answer.read(65_536))
    except HTTPError as error:
        with error:
            said = _status(error.read(65_536)) or f"answers {error.code}"
            raise StoreError(f"{url}: {said}") from error
    except (URLError, OSError) as error:
        raise OutputError(f"{url}: nobody answers; start newsletter run") from error


def _status(body: bytes) -> str:
    """Return what the daemon says of itself: "ok", or "failing: " and the reason."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    said = found if isinstance(found, dict) else {}
    return ": ".join(str(said[key]) for key in ("status", "reason") if said.get(key))
