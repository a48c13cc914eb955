"""The glossary's further words: functions and losses, training, and numbers of checks."""
