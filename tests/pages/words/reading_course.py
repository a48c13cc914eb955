"""What the names of the course's notation stand for, from loops: a column a sample, W x.

The names are spelled here by hand, and each array is turned number by number.
"""

import numpy as np

from tests.any_shape import worked_out


def blamed(written):
    """Return how the blame of something is written."""
    return rf"\frac{{\partial L}}{{\partial {written}}}"


def spelled(name, place=""):
    """Return a name, or one place of it, as a course writes it."""
    at = f"_{{{place}}}" if place else ""
    layer = f"^{{({name[-1]})}}" if name[-1].isdigit() else ""
    whole = {
        "loss": "L",
        "x": f"x{at}",
        "y_true": f"y{at}",
        "y_pred": rf"\hat y{at}",
        "d_x": blamed(f"x{at}"),
        "d_loss_y": blamed(rf"\hat y{at}"),
    }
    kinds = {
        "W": f"W{layer}{at}",
        "b": f"b{layer}{at}",
        "z": f"z{layer}{at}",
        "a": f"a{layer}{at}",
        "dW": blamed(f"W{layer}{at}"),
        "db": blamed(f"b{layer}{at}"),
        "d_a": blamed(f"a{layer}{at}"),
        "d_z": rf"\delta{layer}{at}",
    }
    return f"{{{whole[name] if name in whole else kinds[name[:-1]]}}}"


def course(exercise):
    """Return every number, array and sample's column by its name in the course's notation."""
    found = {"axes": {"s": 1, "j": 0}}
    many, wide = exercise.n_samples > 1, exercise.sizes[-1] > 1
    for name, values in worked_out(exercise).items():
        if name == "loss":
            found[spelled(name)] = values
        elif name[0] == "b" or name[:2] == "db":
            found[spelled(name)] = np.array([[value] for value in values])
            found |= {spelled(name, str(j)): value for j, value in enumerate(values)}
        elif name[0] == "W" or name[:2] == "dW":
            units = range(len(values[0]))
            found[spelled(name)] = np.array([[row[j] for row in values] for j in units])
            for i, row in enumerate(values):
                found |= {spelled(name, f"{j}, {i}"): value for j, value in enumerate(row)}
        else:
            found |= _samples(name, values, many, wide or name not in ENDS)
    return found


ENDS = ("y_pred", "y_true", "d_loss_y")


def _samples(name, rows, many, wide):
    if not wide and not many:
        return {spelled(name): rows[0][0]}
    found = {spelled(name): np.array([[row[j] for row in rows] for j in range(len(rows[0]))])}
    for s, row in enumerate(rows):
        if many and wide:
            found[spelled(name, f":, {s}")] = np.array([[value] for value in row])
        for j, value in enumerate(row):
            place = ", ".join([*([str(j)] if wide else []), *([str(s)] if many else [])])
            found[spelled(name, place)] = value
    return found


def readable(latex, values):
    """Return LaTeX with each of these names as the reader of formulas knows names."""
    for number, name in enumerate(sorted(values, key=len, reverse=True)):
        latex = latex.replace(name, rf"\texttt{{n{number}}}")
    return latex


def as_read(values):
    """Return what is looked up in such LaTeX."""
    names = sorted(values, key=len, reverse=True)
    return {f"n{number}": values[name] for number, name in enumerate(names)} | values
