"""Numbers, tables, formulas and sentences, made from the numbers. Know no Streamlit."""
