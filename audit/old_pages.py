"""Compares an act from an old page with what others did since: the person first reads who did what.

Most records have a story of their own. For the others, the lines of the trail that say they were changed are the
story. An act is compared with the stories of the records of which it writes a line. An act that only adds a record of
its own is compared with none.
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


class ChangedSince(Exception):
    """Others changed the record since the page was made. All that the act did is undone."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__()
        self.sentences = sentences


def story_mark(kind: str) -> Coalesce:
    """An expression for the query that reads a record of this kind: the last line of the trail that changed it."""
    lines = Entry.objects.filter(kind=kind, act__in=CHANGES)
    return last_line(lines, reference=OuterRef("reference"))


def lines_since(request: HttpRequest, key: Key, lines: QuerySet[Any]) -> list[Any]:
    """The lines that others wrote since the act's page was made. The mark moves on, because the person reads them now.

    `lines` have `by`. The person's own acts in another window do not count, nor what the service did by itself.
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


def sentences_of_acts(lines: Iterable[tuple[str, Any, str]]) -> list[str]:
    """One sentence for each act: who, when and what. No sentence comes twice."""
    return list(dict.fromkeys(f"{who}, {moment_in_full(at)}: {what}." for who, at, what in lines))


def changes_since(request: HttpRequest, key: Key, reader: User) -> list[str]:
    """Sentences of what others did to a record, from its own story, or else from the trail."""
    sight = CURRENT.get()
    lines = sight.stories[key].lines if sight is not None else None
    if lines is None:
        return _changes_in_trail(request, key, reader)
    since = lines_since(request, key, lines.select_related("by"))
    return sentences_of_acts((line.by.full_name, line.at, line.sentence) for line in since)


def _changes_in_trail(request: HttpRequest, key: Key, reader: User) -> list[str]:
    """Sentences of what others did to a record, from the trail. Volunteers and agencies read who, but not what."""
    kind, reference = key
    entries = Entry.objects.filter(kind=kind, reference=reference, act__in=CHANGES).annotate(by=F("actor"))
    since = lines_since(request, key, entries.select_related("actor"))
    reads_what = reader.is_charity_staff_or_agency and not reader.works_for_an_agency
    return sentences_of_acts(
        (
            entry.actor.full_name if reads_what else entry.actor.first_name,
            entry.at,
            (entry.note or entry.get_act_display().lower()) if reads_what else "changed it",
        )
        for entry in since
    )


def compare_each_page(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Compare the acts of every view of these addresses, except those that take acts from any page."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            compare_each_page(pattern.url_patterns)
        elif not hasattr(pattern.callback, "taken_from_any_page") and not hasattr(pattern.callback, "allows_repeats"):
            pattern.callback = _with_comparison(pattern.callback)


def _with_comparison(view: View) -> View:
    """A view that answers an act with who did what since its page was made, if others did something.

    The act is done first, and undone if others did something. So it holds the lock of its record: whoever wrote before
    has finished, and whoever comes now waits. Whether the person may do it at all, the view itself has checked.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sight = CURRENT.get()
        if sight is None or not isinstance(request.user, User) or _compares_by_itself(request):
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                records = _records_to_compare(sight, response)
                sentences = [line for key in records for line in changes_since(request, key, request.user)]
                if sentences:
                    raise ChangedSince(sentences)
                return response
        except ChangedSince as changed:
            sight.lines.clear()
            request._messages = default_storage(request)  # type: ignore[attr-defined]
            return not_taken_page(request, dict(request.POST.lists()), since=changed.sentences)

    answer.is_compared = True  # type: ignore[attr-defined]
    return answer


def _compares_by_itself(request: HttpRequest) -> bool:
    """Whether the page has no mark, or is a form that compares every field it shows (core/forms/changing.py)."""
    return not marks_in(request.POST) or is_changing_form(request)


def _records_to_compare(sight: Sight, response: HttpResponse) -> list[Key]:
    """The records of which the act wrote a line; of a refused act, the record that it was to change.

    A form with something to put right did no act: it is shown again, and its mark stays as it was.
    """
    if is_result(response):
        return [key for key in sight.changed if key in sight.stories]
    return list(sight.stories)[-1:] if sight.refused else []
