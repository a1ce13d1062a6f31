"""How fast this machine is now: what is given time in a test is given more of it on a slow one."""

import time

_ROUNDS = 400_000
_USUAL_S = 0.025  # of a machine that the times in the tests were chosen for


def slowness() -> float:
    """Return how many times longer than usual work takes at this moment, at least 1."""
    began = time.perf_counter()
    for _ in range(_ROUNDS):
        pass
    return max(1.0, (time.perf_counter() - began) / _USUAL_S)
