"""The shell: page settings, navigation and the inputs that every lesson shares."""

import streamlit as st

from pages.shared.controls import sidebar
from pages.shared.menu import navigate
from pages.shared.settings import prepare, shell, show_problems

st.set_page_config(page_title="Blame", layout="wide")
page = navigate()
prepare()
sidebar()
show_problems()
with shell():
    page.run()
