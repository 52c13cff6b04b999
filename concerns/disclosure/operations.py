"""Asks the lead agency for a third-party disclosure, and records what it decided (domain.md 7.7).

Nothing here tells anybody outside the agencies: the lead agency decides, and it tells.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from circles.circle.models import Circle
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.disclosure.access import AskingAccess, DisclosureAccess
from concerns.disclosure.clock import DECIDED_WITHIN, PUT_WITHIN, UNDERTAKING_WITHIN
from concerns.disclosure.models import DisclosureRequest, Soon, WhoNeedsToKnow
from concerns.register.clock import due_in
from core.errors import Refused
from core.references import unused_reference

Status = DisclosureRequest.Status


@transaction.atomic
def ask_disclosure(
    circle: Circle,
    *,
    who: str,
    who_kind: WhoNeedsToKnow,
    why: str,
    else_considered: str,
    soon: Soon,
    concern: Concern | None = None,
    by: User,
    at: datetime,
) -> DisclosureRequest:
    """Write the request: who needs to know, why, what else was considered, and how soon."""
    circle = _lock_circle(circle)
    AskingAccess(by, circle).require(AskingAccess.ask_disclosure)
    if concern is not None:
        ConcernAccess(by, concern).require(ConcernAccess.share)
        if concern.circle_id != circle.pk:
            raise Refused("That concern is about another circle.")
    for field, words in (("who", who), ("why", why), ("else_considered", else_considered)):
        if not words.strip():
            raise Refused("Write this down first: the lead agency will ask.", field=field)
    him = circle.core_member
    lead = him.get_lead_agency_display() + (f", {him.agency.name}" if him.agency else "")
    request = DisclosureRequest.objects.create(
        reference=unused_reference(DisclosureRequest, "TD"),
        circle=circle,
        concern=concern,
        who=who.strip(),
        who_kind=who_kind,
        why=why.strip(),
        else_considered=else_considered.strip(),
        soon=soon,
        lead_agency=lead[:160],
        requested_at=at,
        requested_by=by,
        due_at=due_in(PUT_WITHIN[Soon(soon)], at=at),
    )
    request.note("Written", by=by, at=at)
    write_entry(Act.COLLECTED, request, by=by, at=at, within=request.filed_within)
    return request


@transaction.atomic
def put_to_agency(request: DisclosureRequest, *, put_to: str, by: User, at: datetime) -> DisclosureRequest:
    """Record that the lead agency has the request, and who there. Its decision is due from now on."""
    request = _lock_request(request)
    DisclosureAccess(by, request).require(DisclosureAccess.put)
    _require_words(put_to, "put_to", "Say who at the lead agency has it.")
    request.put_to, request.put_at, request.put_by = put_to.strip(), at, by
    request.due_at = due_in(DECIDED_WITHIN[Soon(request.soon)], at=at)
    request.move(Status.WITH_AGENCY, by=by, at=at, note=put_to.strip())
    write_entry(
        Act.SHARED,
        request,
        by=by,
        at=at,
        within=request.filed_within,
        recipient=f"{put_to.strip()}, {request.lead_agency}"[:120],
    )
    return request


@transaction.atomic
def chase_disclosure(request: DisclosureRequest, *, spoken_to: str, by: User, at: datetime) -> DisclosureRequest:
    """Record whom you spoke to because a decision or an undertaking is late. The clock starts again."""
    request = _lock_request(request)
    DisclosureAccess(by, request).require(DisclosureAccess.put)
    if request.status not in DisclosureRequest.CHASED:
        raise Refused("There is nothing to chase: the lead agency does not have it, or it is done.")
    _require_words(spoken_to, "spoken_to", "Say whom you spoke to, or that nobody answered.")
    length = DECIDED_WITHIN[Soon(request.soon)] if request.status == Status.WITH_AGENCY else UNDERTAKING_WITHIN
    request.due_at = due_in(length, at=at)
    request.save(update_fields=["due_at"])
    request.note("Chased", by=by, at=at, detail=spoken_to.strip())
    _record_change(request, "chased", by=by, at=at)
    return request


@transaction.atomic
def record_agency_disclosed(
    request: DisclosureRequest,
    *,
    decided_who: str,
    decision_words: str,
    conditions: str = "",
    volunteers_may_say: str = "",
    by: User,
    at: datetime,
) -> DisclosureRequest:
    """Record that the lead agency disclosed: who decided, why, their conditions, and what volunteers may say."""
    request = _lock_request(request)
    DisclosureAccess(by, request).require(DisclosureAccess.write_decision)
    _write_decision(request, decided_who, decision_words, by=by, at=at)
    request.conditions, request.volunteers_may_say = conditions.strip(), volunteers_may_say.strip()
    request.due_at = due_in(UNDERTAKING_WITHIN, at=at)
    request.move(Status.AGENCY_DISCLOSED, by=by, at=at, note=request.decision_words)
    _record_change(request, "the agency disclosed", by=by, at=at)
    return request


@transaction.atomic
def record_agency_refused(
    request: DisclosureRequest,
    *,
    decided_who: str,
    decision_words: str,
    volunteers_may_say: str = "",
    by: User,
    at: datetime,
) -> DisclosureRequest:
    """Record that the lead agency decided not to disclose, and why. Nobody outside is told."""
    request = _lock_request(request)
    DisclosureAccess(by, request).require(DisclosureAccess.write_decision)
    _write_decision(request, decided_who, decision_words, by=by, at=at)
    request.volunteers_may_say = volunteers_may_say.strip()
    _finish_request(request, Status.REFUSED, request.decision_words, by=by, at=at)
    return request


@transaction.atomic
def record_self_disclosed(request: DisclosureRequest, *, what: str, by: User, at: datetime) -> DisclosureRequest:
    """Record that he told them himself, and the lead agency knows. No disclosure was needed."""
    request = _lock_request(request)
    DisclosureAccess(by, request).require(DisclosureAccess.write_decision)
    _require_words(what, "what", "Say what he told them, and who heard that from whom.")
    _finish_request(request, Status.SELF_DISCLOSED, what.strip(), by=by, at=at)
    return request


@transaction.atomic
def confirm_undertaking(request: DisclosureRequest, *, undertaking: str, by: User, at: datetime) -> DisclosureRequest:
    """Record that the person who was told has signed the agency's undertaking of confidentiality."""
    request = _lock_request(request)
    DisclosureAccess(by, request).require(DisclosureAccess.write_decision)
    _require_words(undertaking, "undertaking", "Say who at the agency confirmed that it is signed.")
    request.undertaking = undertaking.strip()
    _finish_request(request, Status.DONE, request.undertaking, by=by, at=at)
    return request


def _write_decision(request: DisclosureRequest, decided_who: str, words: str, *, by: User, at: datetime) -> None:
    _require_words(decided_who, "decided_who", "Say who at the lead agency decided.")
    _require_words(words, "decision_words", "Write the reason they gave.")
    request.decided_who, request.decision_words = decided_who.strip(), words.strip()
    request.decided_at, request.decided_by = at, by


def _finish_request(
    request: DisclosureRequest, to: DisclosureRequest.Status, note: str, *, by: User, at: datetime
) -> None:
    request.due_at, request.ended_at, request.ended_by = None, at, by
    request.move(to, by=by, at=at, note=note)
    _record_change(request, to.value, by=by, at=at)


def _record_change(request: DisclosureRequest, note: str, *, by: User, at: datetime) -> None:
    write_entry(Act.ALTERED, request, by=by, at=at, within=request.filed_within, note=note)


def _require_words(words: str, field: str, message: str) -> None:
    if not words.strip():
        raise Refused(message, field=field)


def _lock_circle(circle: Circle) -> Circle:
    """The circle as it is now: who coordinates it, and which agency leads."""
    rows = Circle.objects.select_for_update(of=("self",)).select_related("core_member__agency", "coordinator")
    return rows.get(pk=circle.pk)


def _lock_request(request: DisclosureRequest) -> DisclosureRequest:
    rows = DisclosureRequest.objects.select_for_update(of=("self",)).select_related("circle", "concern__circle")
    return rows.get(pk=request.pk)
