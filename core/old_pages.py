"""Marks of old pages. A form carries the key of the last line that its page knew of the record's story.

When the form is sent, audit/old_pages.py compares that mark with the story, and finds what others did meanwhile.

The statement that reads a record reads its `story_mark` too, the key of the story's last line. So what the page shows
is at least as new as its mark. Lines are written under the record's lock, so their keys rise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict

from core.form_key import STORY
from core.sight import CURRENT, Key

V = TypeVar("V", bound=Callable[..., object])

LONGEST_KEY = 18
"""The most digits that the key of a line has."""


def last_line(lines: QuerySet[Any], **of: OuterRef) -> Coalesce:
    """An expression: the key of the last of these lines, for each record that is read; 0 where there is none."""
    last = lines.filter(**of).order_by().values(*of).annotate(last=Max("pk")).values("last")
    return Coalesce(Subquery(last), Value(0))


def marks_of(request: HttpRequest) -> list[str]:
    """The marks that each form of the page carries: one for each record whose acts it offers.

    A form that is shown again with an error keeps its old mark, until the page has told what others did since.
    """
    sight = CURRENT.get()
    if sight is None:
        return []
    sent = marks_in(request.POST)
    return [
        " ".join([*key, str(story.last if key in sight.told else min(story.last, sent.get(key, story.last)))])
        for key, story in sight.stories.items()
    ]


def marks_in(data: QueryDict) -> dict[Key, int]:
    """The marks that a form sent: by record, the last line that its page knew. Of two for one record the later counts."""
    found: dict[Key, int] = {}
    for mark in data.getlist(STORY):
        of, _, last = mark.rpartition(" ")
        kind, _, reference = of.rpartition(" ")
        if last.isdecimal() and len(last) <= LONGEST_KEY:
            found[kind, reference] = max(int(last), found.get((kind, reference), 0))
    return found


def taken_from_any_page(why: str) -> Callable[[V], V]:
    """Mark a view whose act is taken from a page of any age. `why` says why it replaces nothing."""

    def mark(view: V) -> V:
        view.taken_from_any_page = why  # type: ignore[attr-defined]
        return view

    return mark
