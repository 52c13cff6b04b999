"""Decisions are numbered, each number once, and say the number themselves."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOT

DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_every_decision_has_a_number_of_its_own_and_none_is_left_out() -> None:
    numbers = [int(path.name.split("-")[0]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


def test_a_decisions_title_bears_the_number_of_its_file() -> None:
    titles = {path.name: path.read_text().splitlines()[0] for path in DECISIONS}
    wrong = [name for name, title in titles.items() if not re.match(rf"# {int(name[:4])}\. \S", title)]
    assert wrong == []
