"""The stages of the backward pass: choosing one, and what each of them says."""

from __future__ import annotations

import streamlit as st

from blame import BackwardPass, train
from blame.exercise.trace_text import text_bar
from blame.probe.trace import trace_of
from blame.training import pass_at
from pages.shared.charts.lessons.backward_pass import (
    describe_new_parameters,
    describe_update,
    gradient_groups,
    is_shortened,
    new_parameters_chart,
    shown_groups,
    update_chart,
)
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.picture.flow import stage_code, stage_lit
from pages.shared.state import echoes
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, kept, told, worded
from pages.shared.words import formulas
from pages.shared.words.formulas import displayed
from pages.shared.words.notes import update_note
from pages.shared.words.numbers import Numbers
from pages.shared.words.stages import SAID

STAGES = {
    "all": "All",
    "loss": "1 loss",
    "W2": "2 W2, b2",
    "a1": "3 hidden",
    "z1": "4 gate",
    "W1": "5 W1, b1",
    "update": "6 update",
}
ALL = "all, the largest of each"
"""Instead of one group of gradients."""
STEP = {
    "loss": "d_loss_y",
    "W2": "dW2",
    "a1": "d_a1",
    "z1": "d_z1",
    "W1": "dW1",
    "update": "update",
}
"""The step of the code that each stage is."""


def choose() -> None:
    """Let the reader choose a stage, or step through them."""
    echoes.draw("stage")
    with st.container(horizontal=True, gap="small"):
        st.pills(
            "Stage",
            list(STAGES),
            default="all",
            format_func=STAGES.__getitem__,
            key="stage",
            required=True,
            persist_state="session",
            label_visibility="collapsed",
            width="content",
        )
        for label, icon, by in (("Back", "chevron_left", -1), ("Next", "chevron_right", 1)):
            st.button(
                label,
                key=f"stage_{label.lower()}",
                icon=f":material/{icon}:",
                on_click=_move,
                args=(by,),
            )


def current() -> str:
    """Return the key of the chosen stage."""
    return str(st.session_state["stage"])


def lit(passes: BackwardPass) -> list[str]:
    """Return what the chosen stage is about; nothing where all are shown."""
    return stage_lit(trace_of(passes), STEP[current()]) if current() in STEP else []


def _move(by: int) -> None:
    keys = list(STAGES)
    stage = echoes.settled("stage")
    echoes.write("stage", keys[(keys.index(stage) + by) % len(keys)])


def view_switches() -> None:
    """Show the switches of the bars."""
    with st.container(horizontal=True, gap="medium"):
        st.toggle("One scale for all", value=True, key="common_scale", persist_state="session")
        st.toggle("As text", key="text_bars", persist_state="session")


def common_scale() -> bool:
    """Whether all bars share one scale."""
    return bool(st.session_state.get("common_scale", True))


def as_text() -> bool:
    """Whether the bars are shown as the notebook prints them."""
    return bool(st.session_state.get("text_bars", False))


def explain() -> None:
    """Show the stage's sentence and its formula with the live numbers."""
    stage = current()
    if stage == "update":
        told(_explain_update)
    else:
        worded(_formulas)
    if stage in STEP:
        kept(_code, lambda place, lines: place.code(lines, language="python", wrap_lines=True))


def _formulas(settings: Settings) -> str:
    stage, passes, n = current(), passes_of(settings.exercise), settings.numbers
    formula = {
        "loss": lambda: formulas.output_blame(passes, n),
        "W2": lambda: formulas.weight_blame(passes, 2, n),
        "a1": lambda: formulas.hidden_blame(passes, 1, n),
        "z1": lambda: formulas.gate_blame(passes, 1, n),
        "W1": lambda: formulas.weight_blame(passes, 1, n),
    }
    # As one element: the browser takes far longer to set five.
    if stage == "all":
        return displayed(formulas.joined(formula[key]() for key in formula))
    return f"{SAID[stage]}\n\n{displayed(formula[stage]())}"


def _code(settings: Settings) -> str:
    trace = trace_of(passes_of(settings.exercise))
    return str(stage_code(settings.exercise, trace, STEP[current()]))


def _explain_update(settings: Settings) -> None:
    exercise, n, passes = settings.exercise, settings.numbers, passes_of(settings.exercise)
    run = train(exercise.network, exercise.x, exercise.target, exercise.learning_rate, 1)
    if run.steps < 1:
        st.markdown("The update leaves the floats: the learning rate is far too large.")
        return
    both = passes, pass_at(run, 1)
    losses = [float(each.loss) for each in both]
    st.markdown(SAID["update"])
    st.latex(formulas.update(passes, run.at(1).parameters(), exercise.learning_rate, n))
    networks = exercise.network, run.at(1)
    chart(new_parameters_chart(*networks), describe_new_parameters(*networks), "new_parameters")
    at_rest = Numbers().of(*both)
    chart(update_chart(*losses, at_rest), describe_update(*losses, at_rest), "update")
    st.markdown(update_note(*losses, exercise.learning_rate, n.of(*both)))


def choose_group(passes: BackwardPass) -> None:
    """Offer one group of gradients for itself, where not all bars of all groups are shown."""
    if is_shortened(passes):
        pick("gradient_group", "Gradients", _groups(passes))


def group(passes: BackwardPass) -> str | None:
    """Return the key of the one group that is shown, None for all."""
    if not is_shortened(passes):
        return None
    chosen = picked("gradient_group", _groups(passes))
    return None if chosen == ALL else chosen


def _groups(passes: BackwardPass) -> list[str]:
    return [ALL, *gradient_groups(passes)]


def choose_summed_layer(passes: BackwardPass) -> None:
    """Let the reader choose the layer whose gradients are taken apart by sample."""
    pick("summed_layer", "Gradients of", _layers(passes))


def summed_layer(passes: BackwardPass) -> int:
    """Return the layer whose gradients are taken apart by sample, from 1."""
    layers = _layers(passes)
    return layers.index(picked("summed_layer", layers)) + 1


def _layers(passes: BackwardPass) -> list[str]:
    return [f"layer {k}" for k in range(1, len(passes.deltas) + 1)]


def text_bars() -> None:
    """Show the blame as the notebook prints it: one mark for each tenth."""
    kept(_text_bars, lambda place, lines: place.code(lines, language=None, wrap_lines=True))
    st.caption("One mark for each tenth, as in the notebook; the sign stands in the number.")


def _text_bars(settings: Settings) -> str:
    lines = []
    passes = passes_of(settings.exercise)
    for bars in shown_groups(passes, current(), settings.sample, group(passes)):
        lines.append(bars.title)
        width = max(map(len, bars.names))
        for name, value in zip(bars.names, bars.values, strict=True):
            lines.append(f"  {name:<{width}} {float(value) + 0.0!r} {text_bar(value, 100)}")
        if bars.left_out:
            lines.append(f"  {bars.left_out}")
    return "\n".join(lines)
