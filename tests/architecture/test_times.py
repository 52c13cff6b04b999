"""Times of day read the same everywhere: 9:36 pm. They are said in one place, core/templatetags/ui.py."""

from __future__ import annotations

import re

from django.conf import settings

from tests.architecture.sources import DOMAIN, sources

TWENTY_FOUR_HOURS = re.compile(r"%H|%I|%-I|% 12 or 12|date:\"[^\"]*[HGhgiP]\b[^\"]*\"|time:\"")
HOME = "core/templatetags/ui.py"
NOBODY_READS = {
    'format="%H:%M"': "what the browser's own box for a time is filled with",
    'ON_PAGE = "%Y-%m-%dT%H:%M"': "what the browser's own box for a moment is filled with",
    '"%d/%m/%Y %H.%M"': "one of the ways people may type a moment",
    'FORMAT = "%Y%m%dT%H%MZ"': "an address",
    "%Y%m%d%H%M": "the key of something that is told once",
    'value.strftime("%H:%M")': "an answer as its box sends it back, to be compared",
}


def test_no_time_of_day_is_written_but_in_one_place() -> None:
    wrong = []
    paths = [path for path in sources(*DOMAIN, "core", "config", "audit") if "migrations" not in path.parts]
    paths += [path for kind in ("*.html", "*.txt") for path in (settings.ROOT / "templates").rglob(kind)]
    for path in paths:
        if str(path.relative_to(settings.ROOT)) == HOME:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if TWENTY_FOUR_HOURS.search(line) and not any(allowed in line for allowed in NOBODY_READS):
                wrong.append(f"{path.relative_to(settings.ROOT)}:{number} {line.strip()[:90]}")
    assert wrong == []
