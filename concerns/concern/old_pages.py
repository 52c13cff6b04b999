"""Refuses an act from an old page: the person is first told what somebody else has done since, and who."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Model, OuterRef, QuerySet

from accounts.requests import SignedInRequest
from audit.old_pages import lines_since, sentences_of_acts
from concerns.concern.models import Concern
from core.access import Access
from core.errors import Refused
from core.forms import Form
from core.old_pages import last_line

M = TypeVar("M", bound=Model)

AGAIN = "Read it first. Whatever you wrote is still here: if it still fits, send it again."


@contextmanager
def guard_old_page(request: SignedInRequest, record: Any, may: Access) -> Iterator[None]:
    """Do an act only if nobody else has written in the record's story since its page was drawn. Raises Refused.

    It is checked before the act, so that the person reads who did what, and not only that the state has changed. It is
    checked again after the act, which holds the record's lock: an act before this one is finished then, a later one waits.
    """
    refuse_if_changed(request, record, may)
    with transaction.atomic():
        yield
        refuse_if_changed(request, record, may)


def refuse_if_changed(request: SignedInRequest, record: Any, may: Access) -> None:
    """Raise Refused if somebody else wrote in the story since the page was drawn; it says who did what.

    People who may not read the story are not refused: what they may do only adds to the record.
    """
    if not getattr(may, "read_story", True):
        return
    since = lines_since(request, (record.audit_kind, record.reference), _changing_lines_of(record).select_related("by"))
    if since:
        acts = sentences_of_acts((line.by.full_name, line.at, line.sentence) for line in since)
        raise Refused(f"This was changed since you opened the page. {' '.join(acts)} {AGAIN}")


def with_story_mark(records: QuerySet[M]) -> QuerySet[M]:
    """Adds `story_mark`: the last line of each record's story that changed the record."""
    story: Any = records.model._meta.get_field("events")
    lines = story.related_model.objects.all()
    counted = lines.filter(changes=True) if records.model is Concern else lines
    marked: Any = records.annotate(story_mark=last_line(counted, **{story.field.name: OuterRef("pk")}))
    return cast("QuerySet[M]", marked)


def _changing_lines_of(record: Any) -> QuerySet[Any]:
    """The lines of a record's story that changed the record."""
    return record.events.filter(changes=True) if isinstance(record, Concern) else record.events.all()


def refusal_without_form(form: Form) -> str:
    """What is wrong and every word that was typed, as one text, for a page that no longer has this form."""
    why = [str(message) for messages in form.errors.values() for message in messages]
    typed = [
        f"You wrote under “{form[name].label}”: “{value.strip()}”."
        for name in form.fields
        if isinstance(value := form[name].value(), str) and value.strip() and not form[name].is_hidden
    ]
    return " ".join([*why, *typed]).replace(AGAIN, "It cannot be done any more.")
