"""What is changed of Pyodide's script is there, once, and what is not as it was is refused."""

import pytest

from tests.static.place import module

places = module("places")
SCRIPT = "before;" + ";".join(old for old, _ in places.CHANGES) + ";after"


def test_each_change_is_made_where_it_stands():
    changed = places.with_places(SCRIPT)
    assert changed.startswith("before;")
    assert changed.endswith(";after")
    assert all(new in changed for _, new in places.CHANGES)


@pytest.mark.parametrize("script", [SCRIPT.replace("getMemory", "takeMemory"), SCRIPT + SCRIPT])
def test_another_script_is_refused(script):
    with pytest.raises(ValueError, match="has changed"):
        places.with_places(script)
