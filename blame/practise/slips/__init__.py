"""Slips: what somebody did whose numbers differ, found from the numbers."""
