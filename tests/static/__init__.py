"""The edition without a server: what it is built of, and the same pages in a real Chromium."""
