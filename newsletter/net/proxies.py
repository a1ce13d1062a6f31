"""Which proxy a URL is asked through, after the variables that all programs know."""

from collections.abc import Mapping
from types import MappingProxyType

# Documented beside getproxies, but missing in typeshed.
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from yarl import URL

from newsletter.net.reasons import RefusedError

_NONE: Mapping[str, str] = MappingProxyType({})


class Proxies:
    """The proxies of an environment, as `urllib.request.getproxies_environment` gives them.

    That is a mapping with the keys `http`, `https`, `all` and `no`, each optional. What a proxy's
    own address is does not matter: it is the administrator's word.
    """

    def __init__(self, settings: Mapping[str, str] = _NONE) -> None:
        self._settings = settings

    def of(self, url: URL) -> URL | None:
        """Return the proxy for *url*, None where it is asked directly.

        Raises:
            RefusedError: the proxy that is set cannot be used.
        """
        variable = f"{url.scheme}_proxy".upper()
        named = self._settings.get(url.scheme) or ""
        if not named:
            variable, named = "ALL_PROXY", self._settings.get("all") or ""
        target = f"{url.host_subcomponent}:{url.port}"
        if not named or proxy_bypass_environment(target, {"no": self._settings.get("no", "")}):
            return None
        try:
            proxy = URL(named if "://" in named else f"http://{named}")
            usable = proxy.scheme in {"http", "https"} and bool(proxy.host)
        except ValueError:
            proxy, usable = URL(), False
        if proxy.scheme.startswith("socks"):
            raise RefusedError(
                f"{variable} names a SOCKS proxy, which is not spoken here;"
                " name an http:// proxy, or take the variable away"
            )
        if not usable:  # without its text: it may hold a password
            raise RefusedError(f"{variable} is no proxy's URL; write http://host:port")
        return proxy.origin() if proxy.user is None else proxy.with_path("/")


def shown(proxy: URL) -> str:
    """Return host and port of *proxy*, and no password."""
    return f"{proxy.host_subcomponent}:{proxy.port}"
