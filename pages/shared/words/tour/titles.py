"""What the steps of the tour are called, in their order."""

TITLES = (
    "A guess and its loss",
    "A nudge",
    "Past the bottom",
    "A sum",
    "A gate",
    "Two paths",
    "Why backwards",
    "An update",
    "The notebook",
)
