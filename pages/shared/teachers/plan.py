"""A lesson ready to use: links with questions, the answers to expect, and what to say to them.

The answers are worked out from the numbers that each link carries. Knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from blame.exercise.exercise import Exercise
from blame.exercise.links import read_link
from blame.practise.quiz import questions
from blame.runs.diagnosis import diagnose
from pages.shared.state.choices import COVER
from pages.shared.state.links import ASKED
from pages.shared.words.numbers import short


@dataclass(frozen=True)
class Step:
    """One stretch of a lesson: when, what for, which page, and what its link carries.

    `expected` says what a right answer holds, of the link's numbers; `say` what to make of it.
    """

    when: str
    what: str
    page: str
    expected: Callable[[Exercise], str]
    say: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def exercise(self) -> Exercise:
        """The numbers of its link."""
        return read_link({name: [text] for name, text in self.numbers.items()}).exercise

    @property
    def question(self) -> str:
        """The question that stands on top of the page, if any."""
        return self.beside.get(ASKED, "")


def _most_blamed(exercise: Exercise) -> str:
    values = exercise.values()
    blame = {name: value for name, value in values.items() if name.startswith(("dW", "db"))}
    top = max(blame, key=lambda name: abs(blame[name]))
    way = "down" if blame[top] > 0 else "up"
    return (
        f"Any number that blame reaches: down where its blame is positive, up where it is "
        f"negative. {top[1:]} does most for a small step: {way}, for its blame is "
        f"{_number(blame[top])}. Its line in the picture is the widest."
    )


def _predicted(lesson: str) -> Callable[[Exercise], str]:
    def expected(exercise: Exercise) -> str:
        asked = questions(lesson, exercise)
        return " ".join(f"{question.text} **{_written(question.answer)}**." for question in asked)

    return expected


def _number(value: float) -> str:
    return short(value).replace("-", "\u2212")


def _written(answer: float | str) -> str:
    return answer if isinstance(answer, str) else _number(answer)


def _zero_column(exercise: Exercise) -> str:
    values = exercise.values()
    return (
        f"Its neuron's gate is shut: z1[1] = {_number(values['z1[1]'])} is below 0, where ReLU "
        f"is flat. The blame that arrives, d_a1[1] = {_number(values['d_a1[1]'])}, is multiplied "
        "by 0, and each entry of the column is an input times that 0."
    )


def _gate_opens(exercise: Exercise) -> str:
    values = exercise.values()
    rest = values["z1[1]"] - values["b1[1]"]
    return (
        f"Above {_number(-rest)}: without the bias z1[1] is {_number(rest)}, and the gate opens "
        "where the sum passes 0. At exactly that bias the sum is 0 and the subgradient counts as 0."
    )


def _killed(exercise: Exercise) -> str:
    run, slower = exercise.train(), exercise.with_numbers({"learning_rate": 0.01}).train()
    before, after = (_number(float(loss)) for loss in run.losses[:2])
    step = next(finding.step for finding in diagnose(run) if finding.kind == "dead")
    return (
        f"The first update is too long: the loss goes from {before} to {after}, and at step {step} "
        "both sums are below 0, so that no blame comes through any more. A smaller rate keeps "
        f"them alive: with 0.01 the loss is {_number(float(slower.losses[2]))} after two steps and "
        "goes on falling. The view Learning rates shows where the border is."
    )


SHUT = {"b1_1": "-0.2"}
LESSON_PLAN: tuple[Step, ...] = (
    Step(
        "0 to 5 min",
        "A guess that is off. What does each number have to do with it?",
        "home",
        _most_blamed,
        "Take three suggestions and try them in the picture, before anybody names a rule. One that "
        "makes the loss worse is worth as much: turn it round.",
        SHUT,
        {
            ASKED: "Which number would you change to bring the loss down, and which way?",
            COVER: "what to notice",
        },
    ),
    Step(
        "5 to 15 min",
        "Forward by hand, then look.",
        "forward_pass",
        _predicted("forward_pass"),
        "Whoever forgot the ReLU carries a negative number on: the page names that slip. The "
        "lesson opens when all are answered, right or wrong.",
        SHUT,
        {"reading": "Predict first"},
    ),
    Step(
        "15 to 25 min",
        "Backward: blame, stage by stage.",
        "backward_pass",
        _zero_column,
        "Often heard: because the weights are zero, or because the input is. Both are in sight and "
        "are not. Open dW1[0, 1] in the picture and read its factors together.",
        SHUT,
        {ASKED: "Why does column 1 of dW1 hold only zeros?", COVER: "what to notice"},
    ),
    Step(
        "25 to 35 min",
        "The gate: open it, shut it, predict.",
        "relu_gate",
        _gate_opens,
        "Once it is answered the page opens: let somebody drag the bias across the border and "
        "watch when the second bar wakes.",
        SHUT,
        {
            "inputs": "biases",
            ASKED: "z1[1] = 1 \u00d7 (\u22120.3) + 2 \u00d7 0.2 + b1[1]. From which "
            "b1[1] on does blame pass this gate?",
            COVER: "the lesson",
        },
    ),
    Step(
        "35 to 45 min",
        "What the blame is for: a run that dies, and a remedy.",
        "training_lab",
        _killed,
        "Dead means: no blame arrives for any sample, so no update will ever move it. The verdict "
        "opens with the answer and offers remedies that have been tried.",
        beside={
            ASKED: "What killed the neurons, and which learning rate saves them?",
            COVER: "what to notice",
        },
    ),
)
"""Every step in its order."""
