"""What stands around every page: its frame, the sidebar, take away, teachers' links."""
