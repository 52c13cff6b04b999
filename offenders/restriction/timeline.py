"""Restrictions as lines of a timeline: his circle's, and his own record's."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from core.timeline import LineWords, TimelineLine, lines_of
from offenders.restriction.models import RestrictionQuerySet


def restriction_lines_of(restrictions: RestrictionQuerySet) -> list[QuerySet[Any, Any]]:
    """Each restriction when it was written down or varied, and on the day it ended."""
    rows, who = restrictions.in_whole_words(), "added_by__first_name"
    return [
        lines_of(rows.filter(varies=None), at="added_at", step="added", words="whole_words", who=who),
        lines_of(rows.exclude(varies=None), at="added_at", step="varied", words="whole_words", who=who),
        lines_of(rows.filter(varied_by=None), at="ends_on", step="ended", words="whole_words", by_day=True),
    ]


def say_restriction_line(line: TimelineLine, url: str) -> LineWords:
    """The line in words."""
    if line.step == "ended":
        return LineWords("A restriction ended", line.words, url, timed=False)
    what = "A restriction was varied" if line.step == "varied" else "A restriction was written down"
    return LineWords(what, line.words, url)
