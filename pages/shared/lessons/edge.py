"""The way from any lesson to the knife edge, where one rounding bit decides a gate."""

from __future__ import annotations

from blame import BackwardPass
from blame.kinks import on_the_kink
from pages.shared.state.navigation import page_link


def point_to_edge(passes: BackwardPass) -> None:
    """Offer the knife edge if a pre-activation of this pass cannot be told from zero."""
    if any(near.any() for near in on_the_kink(passes.forward_pass)):
        page_link("knife_edge", "See one rounding bit decide: the knife edge")
