"""Every slip by its key."""

from __future__ import annotations

from blame.practise.slips.entries.back import BACK
from blame.practise.slips.entries.gradients import GRADIENTS
from blame.practise.slips.entries.losses import LOSSES
from blame.practise.slips.entries.shares import SHARES
from blame.practise.slips.entries.slopes import SLOPES
from blame.practise.slips.entries.sums import SUMS
from blame.practise.slips.entries.updates import UPDATES
from blame.practise.slips.slip import Slip

_ALL = (*SUMS, *LOSSES, *SHARES, *SLOPES, *BACK, *GRADIENTS, *UPDATES)
SLIPS: dict[str, Slip] = {slip.key: slip for slip in _ALL}
"""Every slip. A new one is one entry in the files of `entries`.

Of slips that make the same numbers the one that stands first is named first.
"""
