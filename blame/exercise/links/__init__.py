"""An exercise as the query of a link, and back. A link names what it starts from, and then what
differs: a number at a time, or a whole array at once."""

from blame.exercise.links.names import STRUCTURE, is_ours
from blame.exercise.links.read import LinkRead, read_link
from blame.exercise.links.write import base_of, write_link

__all__ = ["STRUCTURE", "LinkRead", "base_of", "is_ours", "read_link", "write_link"]
