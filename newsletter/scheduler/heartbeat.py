"""Signs of life of a claim while its job is done, by a thread of its own."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsletter.errors import StoreError

log = logging.getLogger(__name__)

EVERY_S = 4.0  # a lease of 15 s bears two that come to nothing
_PATIENCE_S = 1.0  # a sign of life that waits for the database does not keep the job from ending


@contextmanager
def keeping(beat: Callable[[], bool], name: str, *, every_s: float = EVERY_S) -> Iterator[None]:
    """Call *beat* every few seconds while the block lasts, from another thread.

    Once it says False, somebody else has taken the job called *name* over: that is logged, and no
    more signs are given. The block goes on; the store refuses what it does from then on.
    """
    ended = threading.Event()
    thread = threading.Thread(
        target=_keep, args=(beat, name, ended, every_s), name=f"beat {name}", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_PATIENCE_S)


def _keep(beat: Callable[[], bool], name: str, ended: threading.Event, every_s: float) -> None:
    while not ended.wait(every_s):
        try:
            is_ours = beat()
        except StoreError as error:
            log.warning("no sign of life could be given job=%s reason=%s", name, error)
            continue
        if not is_ours:
            log.warning("taken over by another process, which does it anew job=%s", name)
            return
