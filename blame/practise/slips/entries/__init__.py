"""The slips, by the step of the passes in which they are made."""
