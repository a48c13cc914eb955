"""Changes one thing in the code at a time and asks whether a test notices.

A small script of our own, because what the registry keeps does not fit: mutmut 3 leaves alone what
stands outside of functions, where our registries are; cosmic-ray runs one command for every mutant
and cannot choose its tests; neither turns the words of a sentence round.
"""
