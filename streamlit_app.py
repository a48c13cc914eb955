"""The shell: page settings, navigation and the inputs that every lesson shares."""

import blame
from pages.shared.classroom import ask, hide_inputs
from pages.shared.controls import sidebar
from pages.shared.layout import begin
from pages.shared.menu import navigate
from pages.shared.picture import network_code
from pages.shared.settings import check_seen, prepare, shell, show_problems

page = navigate()
begin()
network_code()
prepare()
show_problems()
ask()
hide_inputs()
# The lesson goes first: its charts are on their way while the sidebar is still being written.
with shell(page.url_path):
    page.run()
sidebar()
check_seen()
