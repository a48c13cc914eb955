"""How large an expression may be. Everything is bounded before anything is worked out."""

MOST_TEXT = 4000
"""Characters of a text."""
MOST_OPERATIONS = 200
"""Operations of a graph; a picture stays readable to some forty."""
MOST_NUMBERS = 60
"""Numbers that a reader gives, the entries of vectors included."""
MOST_WIDE = 10
"""Entries of a vector."""
DEEPEST = 60
"""How deep brackets, powers and signs may be nested."""
LARGEST_EXPONENT = 100
"""An exponent that stands in the text goes from minus this to this."""
LARGEST = 1e12
"""A number that is given goes from minus this to this."""
