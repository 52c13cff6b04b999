"""Records a serious incident, the decision on it with its reason, and its report to the Charity Commission."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Act
from audit.trail import write_entry
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.incident.access import IncidentAccess
from concerns.incident.clock import DECIDE_INCIDENT_WITHIN, REPORT_INCIDENT_WITHIN
from concerns.incident.models import IncidentKind, SeriousIncident
from concerns.register.clock import due_in
from core.errors import Refused
from core.references import unused_reference

Status = SeriousIncident.Status


@transaction.atomic
def add_incident(
    *,
    kind: IncidentKind,
    what: str,
    known_at: datetime,
    about: User | None = None,
    concern: Concern | None = None,
    by: User,
    at: datetime,
) -> SeriousIncident:
    """Write down an incident that may have to be reported. Its clock runs from when it was known."""
    IncidentAccess(by).require(IncidentAccess.add_incident)
    if concern is not None:
        ConcernAccess(by, concern).require(ConcernAccess.share)
        about = concern.about or about
    if about == by:
        raise Refused("It is about you, so somebody else must write it down.", field="about")
    if not what.strip():
        raise Refused("Say what happened.", field="what")
    if known_at > at:
        raise Refused("This is still to come. Give the time at which it was known.", field="known_at")
    incident = SeriousIncident.objects.create(
        reference=unused_reference(SeriousIncident, "SI"),
        kind=kind,
        what=what.strip(),
        known_at=known_at,
        about=about,
        concern=concern,
        recorded_at=at,
        recorded_by=by,
        due_at=due_in(DECIDE_INCIDENT_WITHIN, at=known_at),
    )
    incident.note("Written down", by=by, at=at)
    write_entry(Act.COLLECTED, incident, by=by, at=at)
    return incident


@transaction.atomic
def decide_to_report(
    incident: SeriousIncident, *, decided_with: str, reason: str, by: User, at: datetime
) -> SeriousIncident:
    """Record that it is to be reported, who decided, and why. The report is due next."""
    incident = _lock_and_decide(incident, decided_with, reason, by=by, at=at)
    incident.due_at = due_in(REPORT_INCIDENT_WITHIN, at=at)
    incident.move(Status.TO_REPORT, by=by, at=at, note=incident.reason)
    write_entry(Act.ALTERED, incident, by=by, at=at, note="to be reported")
    return incident


@transaction.atomic
def decide_not_to_report(
    incident: SeriousIncident, *, decided_with: str, reason: str, by: User, at: datetime
) -> SeriousIncident:
    """Record that it is not reported, who decided, and why."""
    incident = _lock_and_decide(incident, decided_with, reason, by=by, at=at)
    incident.due_at, incident.ended_at, incident.ended_by = None, at, by
    incident.move(Status.NOT_REPORTED, by=by, at=at, note=incident.reason)
    write_entry(Act.ALTERED, incident, by=by, at=at, note="not reported")
    return incident


@transaction.atomic
def report_incident(incident: SeriousIncident, *, their_reference: str, by: User, at: datetime) -> SeriousIncident:
    """Record that it was reported, with the Charity Commission's reference."""
    incident = _lock_incident(incident)
    IncidentAccess(by, incident).require(IncidentAccess.report_incident)
    if not their_reference.strip():
        raise Refused("Write the reference the Charity Commission gave.", field="their_reference")
    incident.their_reference = their_reference.strip()
    incident.due_at, incident.ended_at, incident.ended_by = None, at, by
    incident.move(Status.REPORTED, by=by, at=at, note=incident.their_reference)
    write_entry(Act.SHARED, incident, by=by, at=at, recipient="Charity Commission")
    return incident


def _lock_and_decide(
    incident: SeriousIncident, decided_with: str, reason: str, *, by: User, at: datetime
) -> SeriousIncident:
    """Lock the incident, and set who decided and why. The caller moves it and so saves it."""
    incident = _lock_incident(incident)
    IncidentAccess(by, incident).require(IncidentAccess.decide_incident)
    if not decided_with.strip():
        raise Refused("Say who decided, such as the trustees at their meeting of 3 May.", field="decided_with")
    if not reason.strip():
        raise Refused("Say why.", field="reason")
    incident.decided_with, incident.reason = decided_with.strip(), reason.strip()
    incident.decided_at, incident.decided_by = at, by
    return incident


def _lock_incident(incident: SeriousIncident) -> SeriousIncident:
    return SeriousIncident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
