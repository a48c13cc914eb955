"""What stands between Streamlit's server and the network. Knows nothing of the app."""
