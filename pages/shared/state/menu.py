"""The menu: every page of the app in its section, and the path through them. Knows no Streamlit.

A new page is one line here: Home's map, what comes next below a lesson, the glossary's words there
and the links of teachers read it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page: its file in `pages/`, its title, its icon.

    `invitation` is what Home says of it; `words` are those of the glossary that it points to.
    `minutes` is about how long a first reading takes, 0 for what is no reading; `then` is the file
    of the page that a reader goes to next, the map on Home if empty. A page that stands `alone` has
    an exercise of its own, without the inputs of the reader's, and offers the way on itself.
    One with `own_inputs` shows these in the sidebar, in the place of the exercise.
    """

    file: str
    title: str
    icon: str
    invitation: str = ""
    words: tuple[str, ...] = ()
    minutes: int = 0
    then: str = ""
    alone: bool = False
    own_inputs: bool = False


HOME, PROJECTOR = "home", "projector"

SECTIONS: dict[str, list[Page]] = {
    "": [Page(HOME, "Start here", ":material/home:")],
    "Learn": [
        Page(
            "tour",
            "Ten minutes from nothing",
            ":material/directions_walk:",
            "One weight and one input, and on from there, by your own hand",
            minutes=10,
            then="forward_pass",
            alone=True,
        ),
        Page(
            "forward_pass",
            "Forward pass",
            ":material/arrow_forward:",
            "How the guess and its loss come about",
            ("pre-activation", "activation", "ReLU", "loss"),
            minutes=5,
            then="backward_pass",
        ),
        Page(
            "backward_pass",
            "Backward pass",
            ":material/arrow_back:",
            "Every piece of blame, one stage at a time",
            ("blame", "gradient", "chain rule", "backpropagation"),
            minutes=8,
            then="relu_gate",
        ),
        Page(
            "relu_gate",
            "ReLU gate",
            ":material/door_front:",
            "Where blame passes and where it stops",
            ("gate", "upstream gradient", "local gradient", "delta"),
            minutes=5,
            then="training",
        ),
        Page(
            "training",
            "Training",
            ":material/trending_down:",
            "What happens when the blame is used",
            ("update", "learning rate", "step", "dead neuron"),
            minutes=6,
            then="by_hand",
        ),
    ],
    "Train": [
        Page(
            "training_lab",
            "Training lab",
            ":material/science:",
            "Why a run learns, dies or runs away",
            minutes=8,
            then="playground",
        ),
        Page(
            "playground",
            "Playground",
            ":material/scatter_plot:",
            "Many samples, larger networks, and who pulls at the weights",
            minutes=10,
            then="what_if",
            own_inputs=True,
        ),
    ],
    "Practise": [
        Page(
            "by_hand",
            "By hand",
            ":material/edit:",
            "Both passes with pencil and paper, checked as you go",
            minutes=15,
            then="my_numbers",
        ),
        Page(
            "my_numbers",
            "Where did I go wrong?",
            ":material/troubleshoot:",
            "The slip that makes your own numbers",
            minutes=3,
            then="challenges",
        ),
        Page(
            "challenges",
            "Challenges",
            ":material/flag:",
            "Goals to reach by changing the network",
            minutes=15,
            then="training_lab",
        ),
    ],
    "Explore": [
        Page(
            "what_if",
            "What if?",
            ":material/question_mark:",
            "Is the blame true? Move a number and see",
            ("blame", "gradient", "kink"),
            minutes=5,
            then="gradient_check",
        ),
        Page(
            "gradient_check",
            "Gradient check",
            ":material/fact_check:",
            "Every gradient beside one found by nudging",
            ("gradient", "kink", "subgradient"),
            minutes=5,
            then="knife_edge",
        ),
        Page(
            "knife_edge",
            "The knife edge",
            ":material/balance:",
            "One rounding bit that decides a whole run",
            ("kink", "subgradient", "gate"),
            minutes=6,
            then="expression",
        ),
        Page(
            "expression",
            "Any expression",
            ":material/account_tree:",
            "Blame through a formula of your own",
            ("blame", "chain rule", "local gradient", "upstream gradient"),
            minutes=8,
            then="depth",
        ),
        Page(
            "depth",
            "Does blame fade?",
            ":material/layers:",
            "What becomes of blame in deep networks",
            ("blame", "chain rule", "gate"),
            minutes=6,
        ),
    ],
    "More": [
        Page(
            "glossary",
            "Glossary",
            ":material/menu_book:",
            "What each word means, with the numbers in front of you",
        ),
        Page(
            "teachers",
            "For teachers",
            ":material/school:",
            "A lesson of 45 minutes, links that carry a question, and the answers",
        ),
        Page(
            PROJECTOR,
            "On the projector",
            ":material/present_to_all:",
            "Both passes on the wall, one step at a time",
        ),
    ],
}
"""Section -> its pages. The first page of all is the one at `/`."""
ASIDE = "More"
"""The section of what stands beside the lessons: no way on leads there, nor do teachers' links."""


def page_of(file: str) -> Page:
    """Return a page by the name of its file."""
    return next(page for pages in SECTIONS.values() for page in pages if page.file == file)


def next_of(page: Page) -> Page:
    """Return the page that a reader goes to after this one."""
    return page_of(page.then or HOME)


def lessons() -> list[Page]:
    """Return the pages that a reader learns from, in the order of the menu."""
    _, *others = (page for section in SECTIONS if section != ASIDE for page in SECTIONS[section])
    return others


def linked_pages() -> list[str]:
    """Return the files of the pages that a teacher can send a link to."""
    return [HOME, *(page.file for page in lessons())]
