"""The path through the pages: the doors and the map of Home, what is next, what has been seen."""
