"""Home: what blame is."""

import streamlit as st

from pages.shared.settings import current_settings

settings = current_settings()
st.title("backward_pass")
st.write(settings.example)
