"""Random links, random clicks and random texts: nothing a stranger sends may break the app.

Every choice comes from a seed, so that each failure names the link or the clicks that repeat it.
"""
