"""The endpoint that feeds.yaml names: where it is, which model, whose key, which proxy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

from newsletter.errors import ConfigError

_LOCAL = "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One endpoint and the limits under which it is asked; nobody prints its key.

    `timeout_s` is the longest that one attempt may take, from the first packet to the last byte.
    `proxy` is the URL of the proxy that it is asked through, None for directly.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    timeout_s: float = 60.0
    temperature: float = 0.0
    answer_tokens: int = 4_000
    answer_bytes: int = 64_000
    proxy: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """Return host and port as in `base_url`, for messages: no path, no password."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]


def open_endpoint(
    *,
    base_url: str,
    model: str,
    api_key_env: str | None,
    environment: Mapping[str, str],
    timeout_s: float,
    temperature: float = 0.0,
    proxies: Mapping[str, str] | None = None,
) -> Endpoint:
    """Return the endpoint that the settings name, its key taken from *environment*.

    Only the variable that *api_key_env* names is read: no other can add a key or lead elsewhere.
    *proxies* are as `urllib.request.getproxies` gives them; one is used for an endpoint on another
    machine alone.

    Raises:
        ConfigError: the client is not installed, the key is missing, or a proxy cannot be used.
    """
    if find_spec("openai") is None:
        raise ConfigError(
            [
                (
                    "summaries.backend: openai is not installed: pip install 'newsletter[openai]',"
                    " or write backend: extractive"
                )
            ]
        )
    return Endpoint(
        base_url=base_url.rstrip("/"),
        model=model,
        api_key=_key(api_key_env, environment),
        timeout_s=timeout_s,
        temperature=temperature,
        proxy=None if is_local(base_url) else _proxy(base_url, proxies or {}),
    )


def is_local(url: str) -> bool:
    """Tell whether *url* names this machine itself."""
    host = urlsplit(url).hostname or ""
    if host == _LOCAL or host.endswith(f".{_LOCAL}"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _key(name: str | None, environment: Mapping[str, str]) -> str:
    if name is None:
        return ""
    key = environment.get(name, "").strip()
    if not key:
        raise ConfigError(
            [
                (
                    f"summaries.api_key_env: the environment variable {name} is not set; set it to"
                    " the endpoint's key, or take the line out for an endpoint that asks for none"
                )
            ]
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigError(
            [
                (
                    f"summaries.api_key_env: what {name} holds cannot be a key: it has a space, a"
                    " line break or a letter that no header can carry; set it to the key alone"
                )
            ]
        )
    return key


def _proxy(base_url: str, proxies: Mapping[str, str]) -> str | None:
    if not proxies:
        return None
    from yarl import URL

    from newsletter.net.proxies import Proxies
    from newsletter.net.reasons import RefusedError

    try:
        found = Proxies(proxies).of(URL(base_url))
    except RefusedError as error:
        raise ConfigError([f"summaries.base_url: {error}"]) from error
    return str(found) if found else None
