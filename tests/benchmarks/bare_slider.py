"""The control to beat: Streamlit's own slider, which waits for release, moved by the arrow keys."""

import plotly.graph_objects as go
import streamlit as st

number = st.slider("number", -10.0, 10.0, 0.0, 0.1, key="number")
st.plotly_chart(go.Figure(go.Bar(x=[number, 1], y=["a", "b"])), key="chart")
