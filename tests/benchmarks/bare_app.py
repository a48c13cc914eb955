"""The page to beat: one number and as many minimal charts as BARE_CHARTS says."""

import os

import plotly.graph_objects as go
import streamlit as st

number = st.number_input("number", value=1.0, step=0.1, key="number")
for index in range(int(os.environ.get("BARE_CHARTS", "1"))):
    st.plotly_chart(go.Figure(go.Bar(x=[number, index], y=["a", "b"])), key=f"chart_{index}")
