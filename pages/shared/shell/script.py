"""The shell: page settings, navigation and the inputs that every lesson shares."""

import streamlit as st

import blame
from pages.shared.live.chart import CHART
from pages.shared.live.faces import light_faces
from pages.shared.live.film import film
from pages.shared.live.sentence import SENTENCE
from pages.shared.live.sheet import lay_out
from pages.shared.path.next_page import show_next
from pages.shared.path.seen import keep_seen, mark_seen
from pages.shared.picture.component import NETWORK
from pages.shared.shell.page_frame import begin
from pages.shared.shell.sidebar import begin_sidebar, sidebar
from pages.shared.state.arrival import prepare, show_problems
from pages.shared.state.choices.choice_values import check_choices
from pages.shared.state.menu import HOME, PROJECTOR, page_of
from pages.shared.state.navigation import navigate
from pages.shared.state.settings import entering
from pages.shared.teachers.frame import hide_inputs
from pages.shared.teachers.question import ask, cover_lesson

page = navigate()
file = page.url_path or HOME
begin()
# Its place stays the same on every page.
code = st.container(key="blame_code")
prepare()
show_problems()
ask(file, answered=file != PROJECTOR)
hidden = hide_inputs()
shown = page_of(file)
of_exercise = not (shown.alone or shown.own_inputs)
beside = []
if of_exercise:
    lay_out(hidden)
    inputs = begin_sidebar()
    beside = [inputs.start, inputs.sheet]
# The lesson goes first: its charts are on their way while the sidebar is still being written.
with entering(page.url_path, *beside, film=film):
    mark_seen(file)
    if not cover_lesson(file):
        page.run()
    if not shown.alone:
        show_next(file)
# After what there is to read: over a slow line it takes seconds, and what is drawn waits for it.
with code:
    NETWORK.send_code()
    CHART.send_code()
    SENTENCE.send_code()
    light_faces()
if of_exercise:
    sidebar()
# Home shows it.
keep_seen(asks=file == HOME)
check_choices()
