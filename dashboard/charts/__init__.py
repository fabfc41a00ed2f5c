"""Charts: a frame in, a Plotly figure out. They know neither Streamlit nor the warehouse."""
