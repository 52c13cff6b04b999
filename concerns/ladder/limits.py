"""Limits that a stored ladder must keep. The engine does not use a ladder that breaks one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from concerns.choices import Level, Side
from concerns.defaults import AGENCY, CHARITY, TERMS, terms_of_side
from concerns.ladder.models import Clock, Rung
from core.templatetags.ui import length_in_words

MOST_TIMES = 10
"""A time may be at most this many times as long as in the ladder that comes with the service."""


def longest_times_of(level: Level, side: Side) -> dict[str, timedelta]:
    """The longest that each time of a clock may be, by its field. `after` is when the last rung is told."""
    terms = TERMS[level]
    within, _, times = terms_of_side(level, side)
    return {
        "acknowledge_within": within * MOST_TIMES,
        "act_within": terms.act_within * MOST_TIMES,
        "repeat_every": terms.step * MOST_TIMES,
        "after": times[-1] * MOST_TIMES,
    }


def fault_of_side(clock: Clock | None, rungs: Sequence[Rung], *, level: Level, side: Side) -> str:
    """What is wrong with one side of a ladder, in words; empty if nothing is."""
    if clock is None or not rungs:
        return "it has no clock or no rungs"
    longest = longest_times_of(level, side)
    for field in ("acknowledge_within", "act_within", "repeat_every"):
        length = getattr(clock, field)
        if not timedelta() < length <= longest[field]:
            return f"{field.replace('_', ' ')} must be longer than zero and at most {length_in_words(longest[field])}"
    if clock.act_within < clock.acknowledge_within:
        taken, acted = length_in_words(clock.acknowledge_within), length_in_words(clock.act_within)
        return f"the first action would be asked for after {acted}, before somebody must have it, after {taken}"
    if level.tells_agency_at_once and not clock.day_and_night:
        return "Immediate and Urgent must be counted day and night"
    times = [rung.after for rung in rungs]
    if times[0] < timedelta() or times != sorted(times) or times[-1] > longest["after"]:
        return f"its rungs must follow each other, the last after at most {length_in_words(longest['after'])}"
    if not {rung.audience for rung in rungs} <= set(CHARITY if side == Side.CHARITY else AGENCY):
        return "it tells people of the other side"
    return ""
