"""Every script of ours can be read: one that is not whole would leave its part of a page empty."""

import json
import shutil
import subprocess

import pytest

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
