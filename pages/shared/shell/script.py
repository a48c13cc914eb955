"""The shell: page settings, navigation and the inputs that every lesson shares."""

import streamlit as st

import blame
from pages.shared.live.chart import CHART
from pages.shared.live.film import film
from pages.shared.live.sentence import SENTENCE
from pages.shared.live.sheet import lay_out
from pages.shared.path.next_page import show_next
from pages.shared.path.seen import keep_seen, mark_seen
from pages.shared.picture.component import NETWORK
from pages.shared.shell.page_frame import begin
from pages.shared.shell.sidebar import begin_sidebar, sidebar
from pages.shared.state.arrival import prepare, show_problems
from pages.shared.state.choice_widgets import check_choices
from pages.shared.state.menu import HOME, PROJECTOR
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
lay_out(hide_inputs())
inputs = begin_sidebar()
# The lesson goes first: its charts are on their way while the sidebar is still being written.
with entering(page.url_path, inputs.start, inputs.sheet, film=film):
    mark_seen(file)
    if not cover_lesson(file):
        page.run()
    show_next(file)
# After what there is to read: over a slow line it takes seconds, and what is drawn waits for it.
with code:
    NETWORK.send_code()
    CHART.send_code()
    SENTENCE.send_code()
sidebar()
# Home shows it.
keep_seen(asks=file == HOME)
check_choices()
