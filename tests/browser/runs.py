"""What the hand does with the player of a run, for the browser tests."""

STATE = """() => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  return hosts.map((e) => e.shadowRoot.querySelector(".player")).find(Boolean)?.dataset.state;
}"""


def player(page):
    return page.get_by_role("group", name="The run", exact=True)


def slider(page):
    return player(page).get_by_role("slider")


def press(page, name):
    player(page).get_by_role("button", name=name, exact=True).click()


def wait_past(page, step):
    """Wait until the run has come so far; it may be past it by then."""
    page.wait_for_function(
        """(step) => {
          const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
          const found = hosts.map((e) => e.shadowRoot.querySelector(".player input[type=range]"));
          return Number(found.find(Boolean)?.value) >= step;
        }""",
        arg=step,
    )


def choose_speed(page, steps):
    player(page).get_by_label("Speed").select_option(str(steps))


def go_to_step(page, step):
    """Type a step of a run that is trained as it is played."""
    field = player(page).get_by_label("Go to step")
    field.fill(str(step))
    field.press("Enter")


def scrub(page, step):
    """Move the slider to a step as a finger does, and leave the hand there."""
    slider(page).evaluate(
        """(slider, step) => {
          slider.value = step;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        step,
    )


def let_go(page):
    slider(page).evaluate("(s) => s.dispatchEvent(new PointerEvent('pointerup', {bubbles: true}))")


def wait_for_film(page, name, frames):
    """Bring the hand near the player, and wait until so many frames are there."""
    player(page).hover()
    page.wait_for_function(
        "([name, frames]) => globalThis.blameFilm?.counts()[name] >= frames", arg=[name, frames]
    )


def wait_for_rest(page):
    page.wait_for_function(f"() => ({STATE})() === 'rests'")
