"""Templates stay as readable as the Python."""

from __future__ import annotations

from tests.architecture.sources import ROOT

LONGEST_LINE = 160


def test_no_line_of_a_template_is_longer_than_a_hundred_and_sixty_characters() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []
