"""Backward pass: the whole chain of blame, one stage at a time or all at once."""

import blame
from pages.shared.charts.lessons import backward_pass as charts
from pages.shared.charts.lessons import sample_sums
from pages.shared.lessons import backward_pass, published, sample
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.practise import predict
from pages.shared.shell.page_frame import heading, lesson, noticed, program, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, told
from pages.shared.words.lessons.notes import backward_notes, blamed_so_far


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Blame flows backward",
        "Blame is the gradient: how fast the loss would change if a number grew a little. It "
        "starts at the output and is multiplied on its way back.",
        asked=True,
    )
    if predict.covers("backward_pass", settings):
        return
    backward_pass.choose(settings)
    sample.choose(settings)
    live(_picture, _most)
    passes = passes_of(settings.exercise)
    backward_pass.choose_group(passes)
    if backward_pass.as_text():
        backward_pass.text_bars()
    else:
        live(_bars)
    backward_pass.view_switches()
    if settings.exercise.n_samples > 1:
        heading("What each sample gives to the gradients")
        backward_pass.choose_summed_layer(passes)
        live(_sums)
    backward_pass.explain()
    told(published.backward)
    program()
    noticed(_notes)
    point_to_edge()


def _picture(settings: Settings) -> None:
    passes, numbers = passes_of(settings.exercise), settings.numbers
    network_picture(
        passes,
        "both",
        numbers,
        "backward_picture",
        sample=settings.sample,
        opened="dW1[1, 0]",
        stage=backward_pass.shown(settings),
    )


def _bars(settings: Settings) -> None:
    passes, stage = passes_of(settings.exercise), backward_pass.current()
    of = {"sample": settings.sample, "group": backward_pass.group(passes)}
    chart(
        charts.gradient_chart(passes, stage, common_scale=backward_pass.common_scale(), **of),
        charts.describe_gradients(passes, stage, **of),
        "gradients",
    )


def _sums(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    layer = backward_pass.summed_layer(passes)
    chart(
        sample_sums.sample_sums_chart(passes, layer),
        sample_sums.describe_sample_sums(passes, layer),
        "sample_sums",
    )


def _most(settings: Settings) -> None:
    # The first of what there is to notice follows the hand; the others wait until it rests.
    stage = backward_pass.on_its_way(settings)
    said = (
        blamed_so_far(passes_of(settings.exercise), stage.unknown, settings.numbers)
        if stage
        else _said(settings)[0]
    )
    sentence(said, "backward")


def _notes(settings: Settings) -> list[str]:
    if backward_pass.on_its_way(settings):
        return ["The rest is told once all blame is found, from the last weights on."]
    return _said(settings)[1:]


def _said(settings: Settings) -> list[str]:
    return backward_notes(passes_of(settings.exercise), settings.numbers, settings.sample)


present(page, still=True)
words("backward_pass")
