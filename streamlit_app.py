"""The app as a server, for `streamlit run` and for any server of ASGI apps."""

import runpy

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.server.around import SCRIPT, around

if get_script_run_ctx():
    # Run as a plain script, by what does not know st.App: the same app.
    runpy.run_path(str(SCRIPT))
else:
    app = st.App(SCRIPT, middleware=around())
