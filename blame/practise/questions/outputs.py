"""Questions about the loss, and about the blame at the output."""

from __future__ import annotations

from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import Question, numeric, row
from blame.practise.question import written_number as n
from blame.practise.questions.asked import MOST_TERMS, SQUARED, Asked


def loss(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a loss of squared errors."""
    asked = Asked(passes, exercise)
    if exercise.loss not in SQUARED or asked.entries > MOST_TERMS:
        return None
    guesses, targets = passes.forward_pass.prediction.ravel(), passes.target.ravel()
    errors, loss = guesses - targets, float(passes.loss)
    total, count = float((errors**2).sum()), asked.entries
    if count == 1:
        error = float(errors[0])
        known = f"y_pred = {n(guesses[0])}, y_true = {n(targets[0])}"
        slips = [
            (error, "That is the error, not its square."),
            (-error, "That is the error, not its square."),
        ]
        halved = exercise.loss == "half_sse"
        slips += (
            [(total, "That leaves out the one half.")]
            if halved
            else [(loss / 2, "That has a one half; this loss has none.")]
        )
        slips.append(
            (SQUARED[exercise.loss] * error, "That is the loss's slope, the blame at the output.")
        )
        square = f"one half of its square, {n(loss)}" if halved else f"its square, {n(loss)}"
        reason = f"The error is {n(error)}, and the loss is {square}."
    else:
        known = f"y_pred = {row(guesses)}, y_true = {row(targets)}"
        slips = [(abs(float(errors.sum())), "That adds up the errors, not their squares.")]
        if exercise.loss != "sse":
            slips.append((total, "That is the sum of the squares, all of it."))
        if exercise.loss != "mse":
            slips.append((total / count, "That is a mean; this loss is none."))
        if exercise.loss != "half_sse":
            slips.append((total / 2, "That has a one half; this loss has none."))
        share = {"mse": f", divided by {count}", "half_sse": ", halved"}.get(exercise.loss, "")
        squares = " + ".join(n(float(error) ** 2) for error in errors)
        reason = f"The squared errors are {squares} = {n(total)}{share}: {n(loss)}."
    title = asked.loss_title.removesuffix(",")
    return numeric("loss", f"What is the loss{title}? {known}.", loss, reason, slips, of="loss")


def d_loss_y(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for the blame at the output or, where loss and activation cancel, behind it."""
    asked, trace = Asked(passes, exercise), Asked(passes, exercise).trace
    guess = float(passes.forward_pass.prediction[0, 0])
    target, seed = float(passes.target[0, 0]), float(passes.activation_gradients[-1][0, 0])
    y, t = trace.output("y_pred", 0), trace.output("y_true", 0)
    known = f"{y} = {n(guess)}, {t} = {n(target)}"
    if trace.fused and trace.whole_targets | (exercise.activations[-1] == "sigmoid"):
        return _fused(asked, known, guess, target)
    if exercise.loss not in SQUARED:
        return None
    factor, count = SQUARED[exercise.loss], asked.entries
    error, mean = guess - target, exercise.loss == "mse" and count > 1
    slips = [
        (
            error / (count if mean else 1),
            "That takes the error for the gradient: the 2 is left out.",
        )
    ]
    if factor == 1:
        slips = [(2 * error, "That has a 2 too many: the one half takes it away.")]
    if mean:
        slips.append((2 * error, f"That leaves out the mean over {count} numbers."))
    slips.append((-seed, f"That has the sign turned: it is {y} - {t}."))
    slips.append((float(passes.loss), "That is the loss itself, not its slope."))
    share = f" / {count}" if mean else ""
    reason = (
        f"The slope of the square is twice the error: 2 × ({n(guess)} - {n(target)}){share} = "
        f"{n(seed)}."
        if factor == 2
        else "The slope of one half of the square is the error: "
        f"{n(guess)} - {n(target)} = {n(seed)}."
    )
    over = f" of {count} numbers" if mean else ""
    title = asked.loss_title.removesuffix(",") + (f"{over}," if asked.loss_title else "")
    return numeric(
        "d_loss_y",
        f"How fast does the loss{title} change if {y} grows? {known}.",
        seed,
        reason,
        slips,
        of=trace.output("d_loss_y", 0),
    )


def _fused(asked: Asked, known: str, guess: float, target: float) -> Question:
    passes, exercise = asked.passes, asked.exercise
    delta = float(asked.deltas(asked.depth)[0])
    shares = exercise.loss_function.shares(*passes.forward_pass.prediction.shape)
    name, unit = asked.trace.entry(f"d_z{asked.depth}", 0), asked.unit(asked.depth)
    share = f" / {shares}" if shares > 1 else ""
    error = guess - target
    written = f"({n(guess)} - {n(target)}){share}" if share else f"{n(guess)} - {n(target)}"
    slips = [
        (-delta, "That has the sign turned: it is the guess less the target."),
        (delta * guess * (1 - guess), f"With this loss the slope of the {unit} cancels."),
    ]
    if share:
        slips.append((error, f"That leaves out the mean: it is divided by {shares}."))
    return numeric(
        "d_loss_y",
        f"What is {name}, the blame that reaches z through the {unit}? The loss is"
        f"{asked.loss_title.removesuffix(',').removeprefix(',')}; {known}.",
        delta,
        f"With this loss the {unit} cancels, and the guess less the target is left: "
        f"{written} = {n(delta)}.",
        slips,
        of=name,
    )
