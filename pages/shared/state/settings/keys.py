"""What the fragments of a page are called, and what the session keeps of the lesson on screen."""

LESSON, ANSWER = "lesson", "answer"
"""Keys of the fragments that answer to a changed number: a whole page, or the parts of a still one.
"""
FILM = "film"
"""Key of the fragment that sends the frames of a film, and draws nothing else."""
MISSING = "plotly_is_missing"
"""Set where charts are Streamlit's own, for want of its Plotly (chart.py)."""

PAGE = "page_shown"
PARTS = "parts_that_follow_numbers"
ANSWERS = "fragment_that_answers"
SHAPE = "shape_of_the_lesson"
FILMS = "lesson_has_films"
OF_EXERCISE = "lesson_speaks_of_the_exercise"
