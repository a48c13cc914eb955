"""Any formula as a graph of operations: its values forward, its blame backward."""

from blame.expression.expression import Expression
from blame.expression.reading.read import read_expression

__all__ = ["Expression", "read_expression"]
