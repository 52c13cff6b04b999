"""An act on a page that is old: whoever pressed is first told what somebody else has done since, and who.

A record that keeps no story of its own has the lines of the trail that say it was changed. An act is compared with
the stories of those records of which it writes a line itself: what only adds a record of its own is compared with none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from accounts.models import User
from accounts.views.submitted import is_changing_form, is_result, not_taken_page
from audit.models import CHANGES, Entry
from core.old_pages import last_line, marks_in
from core.sight import CURRENT, Key, Sight
from core.templatetags.ui import moment_in_full

View = Callable[..., HttpResponse]


class GoneOn(Exception):
    """The story of the record has gone on since the page was drawn. Nothing that its act did stands."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self.told = told


def story_mark(kind: str) -> Coalesce:
    """For the statement that reads a record of this kind: how far the trail tells of its being changed."""
    lines = Entry.objects.filter(kind=kind, act__in=CHANGES)
    return last_line(lines, reference=OuterRef("reference"))


def lines_since(request: HttpRequest, key: Key, lines: QuerySet[Any]) -> list[Any]:
    """What somebody else has written since the page was drawn that this act came from; they are told of it now.

    `lines` have `by`. One's own acts in another window do not count, nor what the service did by itself.
    """
    last = marks_in(request.POST).get(key)
    if last is None:
        return []
    others = lines.filter(pk__gt=last).exclude(by=None).exclude(by=request.user.pk)
    since = list(others.order_by("pk"))
    sight = CURRENT.get()
    if since and sight is not None:
        sight.told.add(key)
    return since


def who_did_what(lines: Iterable[tuple[str, Any, str]]) -> list[str]:
    """One sentence for each thing that was done: who, when and what; none twice."""
    return list(dict.fromkeys(f"{who}, {moment_in_full(at)}: {what}." for who, at, what in lines))


def changes_since(request: HttpRequest, key: Key, reader: User) -> list[str]:
    """What the trail says that others did to a record. A volunteer or an agency reads who, and not what."""
    kind, reference = key
    entries = Entry.objects.filter(kind=kind, reference=reference, act__in=CHANGES).annotate(by=F("actor"))
    since = lines_since(request, key, entries.select_related("actor"))
    reads_what = reader.is_charity_staff_or_agency and not reader.works_for_an_agency
    return who_did_what(
        (
            entry.actor.full_name if reads_what else entry.actor.first_name,
            entry.at,
            (entry.note or entry.get_act_display().lower()) if reads_what else "changed it",
        )
        for entry in since
    )


def taken_from_any_page(why: str) -> Callable[[View], View]:
    """Mark a view whose act may come from a page however old: `why` says why nothing is replaced by it."""

    def mark(view: View) -> View:
        view.taken_from_any_page = why  # type: ignore[attr-defined]
        return view

    return mark


def each_page_compared(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Put `compared` around every view of these addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            each_page_compared(pattern.url_patterns)
        elif not hasattr(pattern.callback, "taken_from_any_page") and not hasattr(pattern.callback, "allows_repeats"):
            pattern.callback = compared(pattern.callback)


def compared(view: View) -> View:
    """Answer an act with who did what since its page was drawn, where somebody else did.

    The act is done first and taken back: then it holds the lock of its record, so that whoever wrote before it has
    finished and whoever comes now waits. Whether it may be done at all, the view has said.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sight = CURRENT.get()
        if sight is None or not isinstance(request.user, User) or compares_by_itself(request):
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                told = [
                    line for key in changed_here(sight, response) for line in changes_since(request, key, request.user)
                ]
                if told:
                    raise GoneOn(told)
                return response
        except GoneOn as gone:
            sight.lines.clear()
            request._messages = default_storage(request)  # type: ignore[attr-defined]
            return not_taken_page(request, dict(request.POST.lists()), since=gone.told)

    answer.is_compared = True  # type: ignore[attr-defined]
    return answer


def compares_by_itself(request: HttpRequest) -> bool:
    """A page without a mark, and a form that compares every field it shows (core/forms/changing.py)."""
    return not marks_in(request.POST) or is_changing_form(request)


def changed_here(sight: Sight, response: HttpResponse) -> list[Key]:
    """The records to compare: those the act wrote a line of; where it was refused, the one it was to change.

    A form with something to put right came to no act. It is drawn again with its mark as it was.
    """
    if is_result(response):
        return [key for key in sight.changed if key in sight.stories]
    return list(sight.stories)[-1:] if sight.refused else []
