"""Who is told in place of, or beside, somebody on leave, and who is on call."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from alerts.models import Leave
from concerns.access import on_call_people
from concerns.models import Concern, OnCallShift, Side


def with_cover(
    people: QuerySet[User], concern: Concern, side: Side, *, spares: bool, at: datetime
) -> tuple[QuerySet[User], list[str]]:
    """These people and the deputies of those on leave, and a sentence for the story on each who is away.

    Somebody away without cover is left out where leave `spares`, so that the ladder goes on past them at
    once. A deputy who could not open the concern is no cover.
    """
    sentences, deputies, absent = [], [], []
    for leave in Leave.objects.at(at).filter(person__in=people.values("pk")).select_related("person", "deputy"):
        deputy = leave.deputy
        if deputy is not None and may_cover(deputy, concern, side):
            deputies.append(deputy.pk)
            sentences.append(f"{leave.person.full_name} is on leave; {deputy.full_name} covers.")
        else:
            absent.append(leave.person_id)
            sentences.append(f"{leave.person.full_name} is on leave, and nobody covers.")
    if spares and absent:
        people = people.exclude(pk__in=absent)
    if deputies:
        people = people | User.objects.filter(pk__in=deputies)
    return people, sentences


def with_on_call(people: QuerySet[User], concern: Concern, *, at: datetime) -> tuple[QuerySet[User], list[str]]:
    """These people and whoever is on call, with a sentence for the story if that is somebody else.

    Never its author, never whom it is about.
    """
    if not concern.goes_to_on_call:
        return people, []
    barred = {concern.raised_by_id, concern.about_id}
    shift = OnCallShift.objects.at(at)
    if shift is None or shift.person_id in barred or not on_call_people().filter(pk=shift.person_id).exists():
        return people, []
    if people.filter(pk=shift.person_id).exists():
        return people, []
    return people | User.objects.filter(pk=shift.person_id), [f"{shift.person.full_name} is on call."]


def may_cover(deputy: User, concern: Concern, side: Side) -> bool:
    """Active, neither its author nor whom it is about, and at an agency within the queue's wall."""
    if not deputy.is_active or deputy.pk in (concern.raised_by_id, concern.about_id):
        return False
    if side == Side.CHARITY:
        return True
    return concern.queue is not None and concern.queue.workers().filter(pk=deputy.pk).exists()
