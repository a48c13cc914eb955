"""Files to take away: opened, and compared with what the app shows."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from blame.exercise.export import notebook, numpy_script, torch_script
from tests.browser.helpers import console_problems, look_up, set_number
from tests.exercises import notebook_with
from tests.pages.app import PAGES


def download(page, label):
    """Click a download and return the file's name and text."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    file = waiting.value
    with open(file.path(), encoding="utf-8", newline="") as text:
        return file.suggested_filename, text.read()


def test_every_file_carries_the_numbers_of_the_moment(server, page):
    look_up(page, f"{server.url}/backward_pass?b1_1=-0.2")
    # A changed number runs only the lesson again, not the sidebar with the downloads.
    set_number(page, "W1_0_0", 0.75)
    page.get_by_role("button", name="Take away").click()
    exercise = notebook_with(b1_1=-0.2, W1_0_0=0.75)
    assert download(page, "Notebook") == ("blame.ipynb", notebook(exercise))
    assert download(page, "NumPy program") == ("blame_numpy.py", numpy_script(exercise))
    assert download(page, "PyTorch program") == ("blame_torch.py", torch_script(exercise))
    _, trace = download(page, "Trace")
    assert notebook_with(**json.loads(trace)["numbers"]) == exercise
    _, run = download(page, "Training run")
    losses = [float(row["loss"]) for row in csv.DictReader(io.StringIO(run))]
    assert losses == list(exercise.train().losses)
    assert console_problems(page) == []


@pytest.mark.parametrize("name", ["what_if", "playground"])
def test_it_is_on_every_page(server, page, name):
    assert name in PAGES
    look_up(page, f"{server.url}/{name}")
    page.get_by_role("button", name="Take away").wait_for()


def test_a_chart_is_saved_as_svg(server, page):
    look_up(page, f"{server.url}/backward_pass")
    chart = page.locator(".st-key-chart_gradients [data-testid=chart]")
    chart.scroll_into_view_if_needed()
    chart.hover()
    with page.expect_download() as waiting:
        chart.locator(".modebar-btn").first.click()
    assert waiting.value.suggested_filename == "gradients.svg"
    with open(waiting.value.path(), encoding="utf-8") as text:
        drawn = text.read()
    assert drawn.startswith("<svg")
    assert "dW1" in drawn


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_network_is_saved_as_svg_that_stands_alone(server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    look_up(page, f"{server.url}/backward_pass?b1_1=-0.2")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="SVG", exact=True).click()
    assert waiting.value.suggested_filename == "blame_network.svg"
    root = ElementTree.parse(waiting.value.path()).getroot()
    texts = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "neuron 1, shut" in texts
    lines = list(root.iter("{http://www.w3.org/2000/svg}path"))
    assert lines
    assert all("stroke" in path.get("style") for path in lines)
    assert root[0].get("fill") == ("#15181d" if scheme == "dark" else "#fbfaf6")
