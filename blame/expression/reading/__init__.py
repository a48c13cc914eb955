"""From a text to a graph of operations: parsed, bounded, never executed."""
