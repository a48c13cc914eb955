"""What the readers of a text found, put together into one exercise."""
