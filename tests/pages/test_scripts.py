"""Every script of ours can be read: one that is not whole would leave its part of a page empty."""

import json
import re
import shutil
import subprocess

import pytest

from pages.shared.expression.picture import GRAPH
from pages.shared.live.chart import CHART
from pages.shared.live.player import PLAYER
from pages.shared.live.sentence import SENTENCE
from pages.shared.live.sheet import SHEET_PART
from pages.shared.picture.component import NETWORK
from pages.shared.words.numbers import printed
from tests.pages.app import ROOT

SCRIPTS = sorted((ROOT / "pages").rglob("*.js"))
READ = """
import { readFileSync } from "node:fs";
import { SourceTextModule } from "node:vm";
const wrong = [];
for (const [name, code] of JSON.parse(readFileSync(0, "utf8"))) {
  try { new SourceTextModule(code); } catch (error) { wrong.push(`${name}: ${error.message}`); }
}
console.log(JSON.stringify(wrong));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node: apt-get install nodejs")
def test_every_script_is_whole():
    told = [[path.name, path.read_text(encoding="utf-8")] for path in SCRIPTS]
    assert len(told) > 40
    told.append(["broken.js", "function a() {\nfunction b() {}\n"])
    done = subprocess.run(
        ["node", "--experimental-vm-modules", "--no-warnings", "--input-type=module", "-e", READ],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert [name.partition(":")[0] for name in json.loads(done.stdout)] == ["broken.js"]


FUNCTION = re.compile(r"^(?:export default )?(?:async )?function (\w+)\(", re.MULTILINE)


def lacking(code, known):
    """Return what of our own functions a part calls and is not sent."""
    code = re.sub(r"^\s*//.*$|/\*.*?\*/", "", code, flags=re.MULTILINE)
    called = set(re.findall(r"(?<![.\w])(\w+)\(", code)) & known
    # A name that is given, as a parameter or a constant, is the part's own.
    own = re.findall(r"(?:const|let) (\w+)|[({,\[]\s*(\w+)(?=\s*(?:[,)}\]]|=[^=]))", code)
    return called - set(FUNCTION.findall(code)) - {name for pair in own for name in pair}


@pytest.mark.parametrize("part", [GRAPH, CHART, PLAYER, SENTENCE, SHEET_PART, NETWORK])
def test_every_part_is_sent_all_the_functions_it_calls(part):
    scripts = [path.read_text(encoding="utf-8") for path in SCRIPTS]
    known = {name for script in scripts for name in FUNCTION.findall(script)}
    assert len(known) > 200
    assert lacking(part.code, known) == set()
    assert lacking(f"{part.code}\nbeginNothing(1);", {*known, "beginNothing"}) == {"beginNothing"}


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node: apt-get install nodejs")
def test_the_picture_prints_minus_where_sentences_do():
    script = (ROOT / "pages/shared/live/scripts/printed.js").read_text(encoding="utf-8")
    (function,) = re.findall(r"^function printed\(.*?^}", script, re.MULTILINE | re.DOTALL)
    said = [
        "-0.3", "dW1[1, 1] = -7.5", "2 × 1 × (-1.5) × 2.5 = -7.5", "y_pred - y_true", "≈ -.5",
        "1e-300", "2-3-1", "-1e-05 - 2", "-(x[0] - 1) - -2", "exp(-(z)) - b1[0]", "a-b", "+5 - 3",
        "goes from -1,000,000 to 1,000,000", "x = -1, -2", "cross-entropy",
    ]  # fmt: skip
    asked = f"{function}\nconsole.log(JSON.stringify({json.dumps(said)}.map(printed)));"
    done = subprocess.run(["node", "-e", asked], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [printed(text) for text in said]
    assert sum("\u2212" in text for text in map(printed, said)) == 11
