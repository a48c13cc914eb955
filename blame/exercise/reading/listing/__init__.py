"""A Python listing read without being executed: its lines are followed on symbols."""
