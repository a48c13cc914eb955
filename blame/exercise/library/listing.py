"""The library as text: one line an entry, and one entry with all that its source prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from blame.exercise.library.compare import compare
from blame.exercise.library.entry import Entry


def library_text(entries: Iterable[Entry]) -> str:
    """Return a line for each entry: its key, its form and its title."""
    rows = [(entry.key, _form(entry), entry.title) for entry in entries]
    widths = [max((len(row[k]) for row in rows), default=0) for k in (0, 1)]
    return "\n".join(f"{key:{widths[0]}}  {form:{widths[1]}}  {title}" for key, form, title in rows)


def entry_text(entry: Entry) -> str:
    """Return what an entry is, and each of its published numbers beside the true one."""
    return "\n".join(_lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield entry.title
    yield entry.source
    yield _form(entry)
    yield entry.special
    own = {ours: name for name, ours in entry.own_names.items()}
    for updates in entry.moments:
        compared = compare(entry, updates)
        names = [
            f"{one.name} ({own[one.name]})" if one.name in own else one.name for one in compared
        ]
        width = max(map(len, names))
        yield ""
        yield _moment(updates)
        for name, one in zip(names, compared, strict=True):
            yield f"  {name:{width}}  {one.sentence}"
    if not entry.moments:
        yield ""
        yield "The source prints no numbers of its answer."


def _both_names(ours: str, own: str | None) -> str:
    return f"{ours} ({own})" if own else ours


def _form(entry: Entry) -> str:
    exercise = entry.exercise
    sizes = "-".join(map(str, exercise.sizes))
    return f"{sizes} {', '.join(exercise.activations)}; {exercise.loss}"


def _moment(updates: int) -> str:
    if updates == 0:
        return "Before any update"
    return f"After {updates} update{'s' if updates > 1 else ''}"
