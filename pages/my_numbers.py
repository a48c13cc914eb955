"""Where did I go wrong: the reader's own numbers, and the slip that makes them."""

import blame
from pages.shared.my_numbers import own_numbers
from pages.shared.shell.page_frame import lesson
from pages.shared.state.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Where did I go wrong?",
        "Your number of the forward pass or of the blame, the gradient, differs, and you can't "
        "see why? Enter some of yours, from paper or as your code prints them. What is right is "
        "said, and for the rest the slip that makes exactly these numbers, if there is one.",
    )
    own_numbers.show(settings)


present(page, still=True)
