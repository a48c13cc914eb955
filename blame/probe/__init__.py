"""Ask the passes: open a number, move it, check it, follow it, work it out exactly."""
