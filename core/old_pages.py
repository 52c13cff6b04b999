"""Pages that are old: each form carries the last line of its record's story, with which its act is compared (audit/old_pages.py).

A record whose story is compared is read with `story_mark`, the key of its last line, in the very statement that reads
it: what its page shows is as old as that or newer. Lines are written under the record's lock, so their keys rise.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict

from core.form_key import STORY
from core.sight import CURRENT, Key

LONGEST_KEY = 18
"""Figures; no key of a line is longer."""


def last_line(lines: QuerySet[Any], **of: OuterRef) -> Coalesce:
    """The key of the last of these lines, as `story_mark` of each record that is read; 0 where there is none."""
    last = lines.filter(**of).order_by().values(*of).annotate(last=Max("pk")).values("last")
    return Coalesce(Subquery(last), Value(0))


def marks_of(request: HttpRequest) -> list[str]:
    """What each form on the page that is being drawn carries: one mark for each record whose acts it offers.

    A page that came back with something to put right carries the mark it was sent with, until it has told what came since.
    """
    sight = CURRENT.get()
    if sight is None:
        return []
    sent = marks_in(request.POST)
    return [
        " ".join([*key, str(last if key in sight.told else min(last, sent.get(key, last)))])
        for key, last in sight.stories.items()
    ]


def marks_in(data: QueryDict) -> dict[Key, int]:
    """What a form carried: by record, the last line its page knew. Whoever was told of a later one knows that."""
    found: dict[Key, int] = {}
    for mark in data.getlist(STORY):
        of, _, last = mark.rpartition(" ")
        kind, _, reference = of.rpartition(" ")
        if last.isdecimal() and len(last) <= LONGEST_KEY:
            found[kind, reference] = max(int(last), found.get((kind, reference), 0))
    return found
