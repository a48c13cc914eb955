"""Playing a run of the playground: from frames that are sent ahead, trained as far as they need."""

from __future__ import annotations

from pages.shared.live.player import Grows, player
from pages.shared.playground import runs
from pages.shared.playground.runs import STEP
from pages.shared.state import steps
from pages.shared.state.choices import MOST_PLAYED, PLAY_UNTIL, choice_values, choice_widgets
from pages.shared.state.settings import Settings, live, told
from pages.shared.words.numbers import short

SPEEDS = {4: 1, 20: 1, 100: 5, 400: 20}
"""Steps a second, and every which of them is shown: no more pictures than can be drawn."""
SPEED = 20
UNTIL = "play_until"
_UNTIL = dict(zip(PLAY_UNTIL, ("the last step", "it has learnt"), strict=True))


def controls() -> None:
    """Show the player, and the choice how long it plays."""
    steps.begin(STEP, MOST_PLAYED)
    live(_player)
    told(lambda settings: steps.keep_in_link(STEP, MOST_PLAYED))
    choice_widgets.titled(
        UNTIL,
        "Until",
        lambda until: f"Play until {_UNTIL[until]}",
        width=220,
        label_visibility="collapsed",
        help="It has learnt once every training sample is right; or, where targets are other "
        "numbers, once the guesses miss by a tenth of their spread.",
    )


def _player(settings: Settings) -> None:
    if not steps.imagining():
        runs.be_there()
    _, run, step = runs.shown()
    until = choice_values.chosen(UNTIL) == PLAY_UNTIL[1]
    grows = Grows(
        wanted=runs.step_asked_for() if runs.anything_missing() else None,
        strides=tuple(SPEEDS.values()),
        until=until,
        learnt=until and bool(run.learnt[step]),
        stops=run.onsets(step, max(SPEEDS.values())) if until else (),
    )
    player(
        STEP,
        runs.last_step(),
        f"loss {short(run.losses[step])}",
        speeds=tuple(SPEEDS),
        speed=SPEED,
        at=step,
        grows=grows,
        of=runs.identity,
    )
