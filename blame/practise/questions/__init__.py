"""The kinds of questions, each asking the exercise for its names, shapes and numbers."""
