"""Pages of circles: the list, one circle, those of one core member, and who looked."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.requests import SignedInRequest
from audit.trail import looks_within
from circles.calendar.access import FeedAccess
from circles.circle.access import CircleAccess, OpeningAccess, RegisterAccess
from circles.circle.models import Circle, Membership
from circles.circle.opener import open_circle
from circles.meeting.models import Meeting
from circles.overview.forms import CircleListForm
from circles.overview.health import LOOKS_BACK, facts_for, health_of
from circles.overview.lately import events_of, lately_for
from circles.overview.timeline import TimelineReader
from circles.schedule.next_turns import next_turns_of
from circles.taxonomy.access import TaxonomyAccess
from circles.worklist import to_do_in
from core.sight import note_words
from core.worktime import LONDON
from offenders.core_member.opener import open_core_member

PAGE_LENGTH = 25


def circles(request: SignedInRequest) -> HttpResponse:
    """List the circles this person may see, those that are over last unless another order is asked for."""
    visible = Circle.objects.visible_to(request.user).select_related("core_member", "coordinator")
    form = CircleListForm(request.GET)
    page = form.page_of(visible, request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "may": OpeningAccess(request.user),
        "register": RegisterAccess(request.user),
        "calendar": FeedAccess(request.user).keep_feed,
        "may_change_words": TaxonomyAccess(request.user).change_taxonomy,
    }
    return TemplateResponse(request, "circles/overview/circles.html", context)


def circle(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show one circle: how it is doing, what is to do, what he must not do, and what happened lately."""
    now = timezone.now()
    record: Any = open_circle(request, reference, **facts_for(request.user), lately=lately_for(request.user))
    note_words([record.core_member])
    reader = TimelineReader(request.user, record, at=now)
    may = reader.may
    members = list(
        Membership.objects.visible_to(request.user).current().of(record).with_last_turn(Meeting.counted_as_turns())
    )
    may.belongs = any(member.volunteer.user_id == request.user.pk for member in members)
    recent = Q(planned_at__gt=now - LOOKS_BACK) | ~Q(status__in=[Meeting.Status.APPROVED, *Meeting.CALLED_OFF])
    meetings = list(
        record.meetings.filter(recent)
        .visible_to(request.user)
        .with_his_coming()
        .with_counts_of_volunteers()
        .with_was_short()
        .select_related("minute_taker__user", "minutes")
        .order_by("-planned_at")
    )
    context = {
        "circle": record,
        "may": may,
        "tab": "overview",
        "part": "overview",
        "health": health_of(reader, meetings, members),
        "members": members,
        "week": record.week_at(now.astimezone(LONDON).date()),
        "waiting": to_do_in(record, request.user, now, leads=may.coordinates or may.leads, belongs=may.belongs),
        "now": now,
        "turns": next_turns_of(record, user=request.user, members=members, meetings=meetings, at=now),
        "story": events_of(record, record.lately),
    }
    return TemplateResponse(request, "circles/overview/circle.html", context)


def circles_of(request: SignedInRequest, reference: str) -> HttpResponse:
    """The circles of one core member that this person may see, the newest first: a tab of his record."""
    record = open_core_member(request, reference)
    his = Circle.objects.visible_to(request.user).filter(core_member=record).select_related("coordinator")
    page = Paginator(his.order_by("-opened_at", "-pk"), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"core_member": record, "tab": "circles", "page": page, "opening": OpeningAccess(request.user)}
    return TemplateResponse(request, "circles/overview/circles_of.html", context)


def who_looked(request: SignedInRequest, reference: str) -> HttpResponse:
    """List who opened anything of this circle and what they did, newest first."""
    record = open_circle(request, reference)
    may = CircleAccess(request.user, record)
    may.require(CircleAccess.see_who_looked)
    looks = looks_within(record.reference)
    page = Paginator(looks, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"circle": record, "may": may, "tab": "who_looked", "page": page}
    return TemplateResponse(request, "circles/overview/who_looked.html", context)
