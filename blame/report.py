"""The trace of an example as text."""


def text_bar(value: float, most: int = 200) -> str:
    """Return one mark for each tenth of |value|."""
    return "|" * min(int(abs(value) * 10), most)
