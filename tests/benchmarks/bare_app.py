"""The page to beat: one number and as many minimal charts as BARE_CHARTS or the link says."""

import os

import plotly.graph_objects as go
import streamlit as st

number = st.number_input("number", value=1.0, step=0.1, key="number")
charts = st.query_params.get("charts") or os.environ.get("BARE_CHARTS", "1")
for index in range(int(charts)):
    st.plotly_chart(go.Figure(go.Bar(x=[number, index], y=["a", "b"])), key=f"chart_{index}")
