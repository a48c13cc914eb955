"""Both passes and an update with one slip, in plain Python: loops over numbers, no arrays.

Nothing here comes from `blame`; the key of a slip says by itself what is done otherwise.
"""

from tests.blame.practise.slips.plain.passes import Plain

__all__ = ["Plain"]
