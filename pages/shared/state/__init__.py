"""What the reader has chosen: the numbers, the choices, the link, the page."""
