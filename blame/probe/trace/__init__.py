"""A pass opened: every number of it by name, its formula, its paths, and what rounding made."""

from blame.probe.trace.trace import Factor, Receipt, Trace, trace_of

__all__ = ["Factor", "Receipt", "Trace", "trace_of"]
