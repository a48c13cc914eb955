"""The shell: page settings, navigation and the inputs that every lesson shares."""

from pages.shared.controls import sidebar
from pages.shared.menu import navigate
from pages.shared.settings import prepare, shell, show_problems

page = navigate()
prepare()
sidebar()
show_problems()
with shell():
    page.run()
