"""A reader wanders at random: what is on screen is always what its link opens in another tab."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest

from blame.exercise.limits import MOST_UNITS
from blame.exercise.links import read_link
from blame.exercise.names import name_in_link
from pages.shared.state.menu import PROJECTOR, SECTIONS
from tests.browser.hand import STEP, drag
from tests.browser.helpers import console_problems, field, go_to, settled, watch_console
from tests.browser.states import visit
from tests.exercises import by_link_name

PATIENCE = 20
"""Looks, a quarter of a second apart, after which the link counts as wrong."""
EVERY = 3
"""After so many steps another tab is asked: it needs longer than a step."""
OTHERS = ("mazur", "nielsen-ch3", "postnetwork-softmax")
"""Exercises of the library, each of another shape."""
FIRST = {1: "training_lab?lab_view=One+step", 2: "what_if?nudge=0.5"}
"""Seed -> where the way begins."""
BESIDE_THE_SHEET = [
    (section, page.title)
    for section, pages in list(SECTIONS.items())[1:]
    for page in pages
    if not (page.alone or page.own_inputs or page.file == PROJECTOR)
]
"""Where the numbers of the link stand on screen."""
READ = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const label = (chart) => chart && chart.getAttribute("aria-label");
  const hosts = [...main.querySelectorAll("*")].filter((element) => element.shadowRoot);
  return {
    words: main.innerText.split("\\n"),
    charts: [...main.querySelectorAll("[data-testid=chart]")].map(label),
    picture: hosts.flatMap((host) =>
      [...host.shadowRoot.querySelectorAll(".item")].map(label)),
  };
}"""


# In one look: some twenty cells asked one by one cost more than the page.
CELLS = """() => Object.fromEntries([...document.querySelectorAll("*")]
  .flatMap((e) => [...e.shadowRoot?.querySelectorAll("input[data-name]") ?? []])
  .map((cell) => [cell.dataset.name, cell.value === "" ? null : Number(cell.value)]))"""


def told(page):
    """Return the numbers that the address gives, each as links spell it."""
    address = parse_qs(urlsplit(page.url).query, keep_blank_values=True)
    exercise = read_link(address).exercise
    # A bias that a whole layer shares has one cell.
    shared = [f"{array}_{k}" for array in exercise.tied for k in range(1, MOST_UNITS)]
    return {name: value for name, value in by_link_name(exercise).items() if name not in shared}


def on_screen(page):
    cells = page.evaluate(CELLS)
    return {name: cells.get(name_in_link(name)) for name in told(page)}


def a_cell(page, chance):
    return field(page, chance.choice([name for name in told(page) if name[0] in "xWb"]))


def type_a_number(page, chance):
    cell = a_cell(page, chance)
    cell.fill(str(round(chance.uniform(-3, 3), 1)))
    cell.press("Enter")


def step_a_number(page, chance):
    a_cell(page, chance).press(chance.choice(["ArrowUp", "ArrowDown"]))


def randomise(page, chance):
    page.get_by_role("button", name="Randomise").click()


def reset(page, chance):
    button = page.get_by_role("button", name="Reset the numbers")
    if not button.is_enabled():
        type_a_number(page, chance)
        at_rest(page)
    button.click()


def load_a_preset(page, chance):
    page.locator(".st-key-start [role=combobox], .st-key-start input").first.click()
    chance.choice(page.get_by_role("option").all()).click()


def open_another_exercise(page, chance):
    page.get_by_role("button", name="Your exercise").first.click()
    key = chance.choice(OTHERS)
    opened = page.get_by_role("dialog")
    opened.get_by_label("Find").fill(key)
    opened.get_by_label("Find").press("Enter")
    opened.locator(f".st-key-library_{key} button").click()
    opened.wait_for(state="detached")


def use_the_menu(page, chance):
    go_to(page, *chance.choice(BESIDE_THE_SHEET))


def movable(page):
    return [item for item in page.locator(".item[aria-valuenow]").all() if item.is_visible()]


def drag_in_the_picture(page, chance):
    if found := movable(page):
        item = chance.choice(found)
        item.scroll_into_view_if_needed()
        drag(page, item.get_attribute("data-name"), STEP * chance.choice([-3, -1, 2, 5]))
    else:
        step_a_number(page, chance)


def press_keys_in_the_picture(page, chance):
    if found := movable(page):
        chance.choice(found).press(chance.choice(["ArrowUp", "ArrowDown", "PageUp"]))
    else:
        step_a_number(page, chance)


def choose(page, chance):
    """Choose something that the link keeps, if the page has it side by side or as a slider."""
    main = page.locator("[data-testid=stMain]")
    names = [
        name for name in ("lab_view", "player_lab_step", "nudge", "scale") if found(main, name)
    ]
    if names:
        widget = main.locator(f".st-key-{chance.choice(names)}").first
        if radios := widget.get_by_role("radio").all():
            chance.choice(radios).click()
        else:
            widget.locator("input").first.press("ArrowUp")
    else:
        use_the_menu(page, chance)


def found(main, name):
    return main.locator(f".st-key-{name}").count() > 0


def go_back(page, chance):
    leave_no_trail(page, page.go_back)


def go_forward(page, chance):
    leave_no_trail(page, page.go_forward)


def reload(page, chance):
    page.reload()


def leave_no_trail(page, go):
    """Go through the history, and return if the way leads out of the app."""
    here = page.url
    go()
    if urlsplit(page.url).netloc != urlsplit(here).netloc:
        visit(page, here)


ACTIONS = (
    *(type_a_number, step_a_number, randomise, reset, load_a_preset, reload),
    open_another_exercise,
    *(go_back, go_forward, use_the_menu, choose) * 2,
    *(drag_in_the_picture, press_keys_in_the_picture) * 2,
)


def at_rest(page):
    """Wait until the hand has rested, the server is silent and all is drawn."""
    # The hand has rested after 400; then its answer must come, on a busy machine too.
    page.wait_for_timeout(900)
    page.wait_for_function("performance.now() - window.lastMessage > 400")
    settled(page)


@pytest.mark.parametrize("seed", FIRST)
def test_what_is_on_screen_is_what_its_link_opens(server, visitor, page, seed):
    page.set_viewport_size({"width": 1280, "height": 1400})
    other = visitor(viewport={"width": 1280, "height": 1400}).new_page()
    watch_console(other)
    chance = random.Random(seed)
    visit(page, f"{server.url}/{FIRST[seed]}")
    done = []
    actions = chance.sample(ACTIONS, len(ACTIONS))
    for step, action in enumerate(actions, start=1):
        action(page, chance)
        at_rest(page)
        done.append(f"{action.__name__}: {page.url}")
        way = "\n".join(done)
        for _ in range(PATIENCE):
            if on_screen(page) == told(page):
                break
            page.wait_for_timeout(250)
        assert on_screen(page) == told(page), way
        if step % EVERY:
            continue
        visit(other, page.url)
        at_rest(other)
        here, there = page.evaluate(READ), other.evaluate(READ)
        for what in here:
            assert here[what] == there[what], f"{what}\n{way}"
        assert console_problems(page) + console_problems(other) == [], way
