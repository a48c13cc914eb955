"""Training: what happens when the blame is used, step after step."""

import blame
from pages.shared.charts.lessons import training as charts
from pages.shared.lessons import published, sample, training
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.live.player import PLAYER
from pages.shared.practise import predict
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.computed import run_of
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, live, present, told
from pages.shared.words.lessons.training_notes import training_notes


def page(settings: Settings) -> None:
    """Show the lesson."""
    history = run_of(settings.exercise)

    lesson(
        "Training",
        "Each step moves every number against its blame, its gradient, by the learning rate. Then "
        "the blame is found anew. The learning rate and the number of steps stand in the sidebar.",
        asked=True,
    )
    if predict.covers("training", settings):
        return
    sample.choose(settings)
    training.show(settings)

    heading("Every parameter, step by step")
    pick("moved_array", "Parameters of", charts.parameter_choices(history))
    live(_parameters)
    told(published.training)
    noticed(_notes)
    point_to_edge()


def _parameters(settings: Settings) -> None:
    history = run_of(settings.exercise)
    chosen = picked("moved_array", charts.parameter_choices(history))
    array = chosen if chosen in history.networks.parameters() else None
    chart(
        charts.parameter_curves(history, array),
        charts.describe_parameters(history, array),
        "parameters",
    )


def _notes(settings: Settings) -> list[str]:
    history = run_of(settings.exercise)
    return training_notes(history, settings.exercise.steps, settings.numbers)


PLAYER.send_code()
present(page, still=True)
words("training")
page_link("training_lab", "Why did it end like this? The training lab")
page_link("playground", "Many samples, larger networks: the playground")
