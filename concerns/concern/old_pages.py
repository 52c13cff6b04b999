"""An act on a page that is old: whoever pressed is first told what somebody else has done since, and who."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Model, OuterRef, QuerySet

from accounts.requests import SignedInRequest
from audit.old_pages import lines_since, who_did_what
from concerns.concern.models import Concern
from core.access import Access
from core.errors import Refused
from core.forms import Form
from core.old_pages import last_line

M = TypeVar("M", bound=Model)

AGAIN = "Read it first. Whatever you wrote is still here: if it still fits, send it again."


@contextmanager
def told_first(request: SignedInRequest, record: Any, may: Access) -> Iterator[None]:
    """Do an act only where nobody else has written in the record's story since its page was drawn. Raises Refused.

    Asked before, so that whoever comes second reads who did what, and not only that the state is another; and asked
    when it is done and holds the record's lock: whoever wrote before has finished then, and whoever comes now waits.
    """
    refuse_if_changed(request, record, may)
    with transaction.atomic():
        yield
        refuse_if_changed(request, record, may)


def refuse_if_changed(request: SignedInRequest, record: Any, may: Access) -> None:
    """Raise Refused, with who did what since the page was drawn.

    Who may not read the story is told nothing of it: what they may do adds to the record and replaces nothing.
    """
    if not getattr(may, "read_story", True):
        return
    since = lines_since(request, (record.audit_kind, record.reference), story_of(record).select_related("by"))
    if since:
        told = who_did_what((line.by.full_name, line.at, line.sentence) for line in since)
        raise Refused(f"This was changed since you opened the page. {' '.join(told)} {AGAIN}")


def with_mark(records: QuerySet[M]) -> QuerySet[M]:
    """Each with `story_mark`, the last line of its story that counts here."""
    story: Any = records.model._meta.get_field("events")
    lines = story.related_model.objects.all()
    counted = lines.filter(changes=True) if records.model is Concern else lines
    marked: Any = records.annotate(story_mark=last_line(counted, **{story.field.name: OuterRef("pk")}))
    return cast("QuerySet[M]", marked)


def story_of(record: Any) -> QuerySet[Any]:
    """The lines of its story after which the record is another one."""
    return record.events.filter(changes=True) if isinstance(record, Concern) else record.events.all()


def refusal_without_form(form: Form) -> str:
    """What is wrong, and every word that was typed, for a page that offers this form no more."""
    why = [str(message) for messages in form.errors.values() for message in messages]
    typed = [
        f"You wrote under “{form[name].label}”: “{value.strip()}”."
        for name in form.fields
        if isinstance(value := form[name].value(), str) and value.strip() and not form[name].is_hidden
    ]
    return " ".join([*why, *typed]).replace(AGAIN, "It cannot be done any more.")
