"""The stages of the backward pass: choosing one, and what each of them says."""

from __future__ import annotations

import streamlit as st

from blame import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import update_of
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
from pages.shared.picture.flow import AtStage, at_stage, stage_code
from pages.shared.state import echoes
from pages.shared.state.choices import choice_values
from pages.shared.state.computed import passes_of, run_of
from pages.shared.state.exercise import put_in_link
from pages.shared.state.settings import Settings, kept, told, worded
from pages.shared.words import formulas
from pages.shared.words.formulas import displayed
from pages.shared.words.lessons.notes import update_note
from pages.shared.words.lessons.stages import UPDATE, Stage, stages
from pages.shared.words.numbers import Numbers, printed

ALL = "all, the largest of each"
"""Instead of one group of gradients."""


def choose(settings: Settings) -> None:
    """Let the reader choose a stage, or step through them."""
    found = _stages(settings.exercise)
    labels = {"all": "All", **{key: stage.label for key, stage in found.items()}}
    state = st.session_state
    choice_values.from_link("stage", lambda text: text if text in labels else None, "all")
    # Written where it must be only: what a browser still holds after its server was lost counts.
    if state.get("stage", "all") not in labels:
        # Of another exercise.
        state["stage"] = "all"
    echoes.draw("stage")
    with st.container(horizontal=True, gap="small"):
        st.pills(
            "Stage",
            list(labels),
            default="all",
            format_func=labels.__getitem__,
            key="stage",
            required=True,
            persist_state="session",
            label_visibility="collapsed",
            width="content",
        )
        # In a row of their own, so that they go to the next line together.
        with st.container(horizontal=True, gap="small", width="content"):
            for label, icon, by in (
                ("Back", ":material/chevron_left:", -1),
                ("Next", ":material/chevron_right:", 1),
            ):
                st.button(
                    label,
                    key=f"stage_{label.lower()}",
                    icon=icon,
                    on_click=_move,
                    args=(by, list(labels)),
                )
    put_in_link("stage", "" if current() == "all" else current())


def _stages(exercise: Exercise) -> dict[str, Stage]:
    return stages(trace_of(passes_of(exercise)), update_of(exercise))


def current() -> str:
    """Return the key of the chosen stage."""
    return str(st.session_state["stage"])


def shown(settings: Settings) -> AtStage | None:
    """Return what the picture shows at the chosen stage; None where all are shown."""
    found = _stages(settings.exercise).get(current())
    trace = trace_of(passes_of(settings.exercise))
    return at_stage(trace, found.step, settings.sample) if found else None


def on_its_way(settings: Settings) -> AtStage | None:
    """Return what is shown where some weight has no blame yet, None where all have."""
    stage = shown(settings)
    return stage if stage and any(name.startswith("dW") for name in stage.unknown) else None


def _move(by: int, keys: list[str]) -> None:
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
    if current() == UPDATE:
        told(_explain_update)
    else:
        worded(_formulas)
    if current() != "all":
        kept(_code, lambda place, lines: place.code(lines, language="python", wrap_lines=True))


def _formulas(settings: Settings) -> str:
    stage, found = current(), _stages(settings.exercise)
    if stage in found:
        return f"{found[stage].said}\n\n{displayed(_formula(stage, settings))}"
    # As one element: the browser takes far longer to set five.
    return displayed(formulas.joined(_formula(key, settings) for key in found if key != UPDATE))


def _formula(key: str, settings: Settings) -> str:
    """Return a stage's formula."""
    passes, n, sample = passes_of(settings.exercise), settings.numbers, settings.sample
    if key == "loss":
        return formulas.output_blame(passes, n, sample)
    kind, layer = key[0], int(key[1:])
    if kind == "W":
        return formulas.weight_blame(passes, layer, n)
    blame_of = formulas.hidden_blame if kind == "a" else formulas.gate_blame
    return blame_of(passes, layer, n, sample)


def _code(settings: Settings) -> str:
    trace, step = trace_of(passes_of(settings.exercise)), _stages(settings.exercise)[current()].step
    return str(stage_code(settings.exercise, trace, step))


def _explain_update(settings: Settings) -> None:
    exercise, n, passes = settings.exercise, settings.numbers, passes_of(settings.exercise)
    run = run_of(exercise.with_numbers({"steps": 1}))
    if run.steps < 1:
        st.markdown("The update leaves the floats: the learning rate is far too large.")
        return
    both = passes, pass_at(run, 1)
    losses = [float(each.loss) for each in both]
    st.markdown(printed(_stages(exercise)[UPDATE].said))
    how = update_of(exercise)
    st.latex(formulas.update(passes, run.at(1).parameters(), exercise.learning_rate, n, how))
    networks = exercise.network, run.at(1)
    chart(new_parameters_chart(*networks), describe_new_parameters(*networks), "new_parameters")
    at_rest = Numbers().of(*both)
    chart(update_chart(*losses, at_rest), describe_update(*losses, at_rest), "update")
    decays = bool(exercise.weight_decay)
    note = update_note(*losses, exercise.learning_rate, n.of(*both), decays=decays)
    st.markdown(printed(note))


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
