"""How hard a law is tried: in shares of what the profile of this run asks for."""

from hypothesis import settings


def examples(share: float) -> int:
    """Return the number of examples of a law that is tried *share* as hard as the others.

    It is measured by the profile that is loaded: few in every run of the suite, more in the long
    one. At least 5.
    """
    return max(5, round(settings().max_examples * share))
