"""Work about the registers: the next act due on each record, and a month of low-level concerns to read."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Q, QuerySet, Value
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from circles.circle.models import COORDINATED_CIRCLES
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from concerns.disclosure.models import DisclosureRequest
from concerns.incident.models import SeriousIncident
from concerns.low_level.models import LowLevelConcern, PatternReview, month_before
from concerns.low_level.month import month_due, unread_of_month
from concerns.referral.models import SafeguardingReferral
from concerns.register.models import KEEPS_REGISTERS
from core.worklist import WorkItem

TITLES = {
    "to_refer": "Make the safeguarding referral",
    "referred": "Ask what they decided about the referral",
    "candidate": "Decide whether it is a serious incident",
    "to_report": "Report the serious incident",
    "requested": "Put the disclosure request to the lead agency",
    "with_agency": "Ask the lead agency for its decision",
    "agency_disclosed": "Ask whether the undertaking is signed",
}
"""What must be done in each state."""

WAITS_FOR_OTHERS = ("referred", "with_agency", "agency_disclosed")
"""States in which the record waits for somebody else: it is listed only when its time has passed."""


def _keeps(reader: WorkReader) -> bool:
    return any(reader.user.has_role(role) for role in KEEPS_REGISTERS)


def _waiting(records: QuerySet[Any, Any], waits: tuple[str, ...], reader: WorkReader) -> QuerySet[Any, Any]:
    """The records on which something is to be done now."""
    return records.filter(Q(due_at__lte=reader.at) | ~Q(status__in=WAITS_FOR_OTHERS), status__in=waits)


def _say(page: str, line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=TITLES[line.facts["status"]],
        url=reverse(f"concerns:{page}", args=[line.facts["ref"]]),
        due_at=line.due,
        must_act=line.due is not None and line.due <= reader.at,
        detail=line.facts["ref"],
    )


def _referral_rows(reader: WorkReader) -> Rows:
    referrals = SafeguardingReferral.objects.visible_to(reader.user)
    if not _keeps(reader) or reader.circle is not None:
        referrals = referrals.none()
    waiting = _waiting(referrals, SafeguardingReferral.WAITS, reader)
    return as_lines(waiting, due="due_at", circle="", ref="reference", status="status")


def _say_referral(line: WorkLine, reader: WorkReader) -> WorkItem:
    return _say("referral", line, reader)


def _incident_rows(reader: WorkReader) -> Rows:
    incidents = SeriousIncident.objects.visible_to(reader.user)
    if not (_keeps(reader) or reader.user.has_role(Role.DIRECTOR)) or reader.circle is not None:
        incidents = incidents.none()
    waiting = _waiting(incidents, SeriousIncident.WAITS, reader)
    return as_lines(waiting, due="due_at", circle="", ref="reference", status="status")


def _say_incident(line: WorkLine, reader: WorkReader) -> WorkItem:
    return _say("incident", line, reader)


def _disclosure_rows(reader: WorkReader) -> Rows:
    """A request waits for the coordinator at once, for those who lead when it is late."""
    asked = DisclosureRequest.objects.visible_to(reader.user)
    if not (_keeps(reader) or reader.user.has_role(Role.COORDINATOR)):
        asked = asked.none()
    theirs = Q(circle__in=COORDINATED_CIRCLES(reader.user.pk)) | Q(due_at__lte=reader.at)
    waiting = _waiting(asked.filter(theirs, reader.within("circle")), DisclosureRequest.WAITS, reader)
    return as_lines(waiting, due="due_at", ref="reference", status="status")


def _say_disclosure(line: WorkLine, reader: WorkReader) -> WorkItem:
    return _say("disclosure", line, reader)


def _month_rows(reader: WorkReader) -> Rows:
    """For those who keep the registers: one line, which says what of the low-level concerns is to be read."""
    me = User.objects.filter(pk=reader.user.pk)
    month = month_before(reader.today)
    visible = LowLevelConcern.objects.visible_to(reader.user)
    unread = unread_of_month(reader.user, month)
    return as_lines(
        me if _keeps(reader) and reader.circle is None else me.none(),
        circle="",
        month=Value(month.isoformat()),
        unread=Exists(unread),
        is_read=Exists(PatternReview.objects.visible_to(reader.user).filter(month=month)),
        together=Exists(
            visible.recent(reader.at).unread(reader.user).filter(about__in=visible.about_whom_often(reader.at))
        ),
    )


def _say_month(line: WorkLine, reader: WorkReader) -> WorkItem | None:
    """Last month's low-level concerns until they are read; a manager is asked only when the lead is late."""
    leads = reader.user.has_role(Role.SAFEGUARDING_LEAD)
    if not line.facts["unread"] and not (leads and not line.facts["is_read"]):
        return None
    month = line.day("month")
    due = month_due(month, reader.worktime)
    if not leads and reader.at <= due:
        return None
    return WorkItem(
        title=f"Read {month:%B}’s low-level concerns together",
        url=reverse("concerns:low_level_month"),
        due_at=due,
        must_act=reader.at > due,
    )


def _say_together(line: WorkLine, reader: WorkReader) -> WorkItem | None:
    if not line.facts["together"]:
        return None
    return WorkItem(title="Three low-level concerns about the same person", url=reverse("concerns:low_levels"))


REGISTER_KINDS = (
    WorkKind("referral", "Safeguarding referrals", _referral_rows, _say_referral),
    WorkKind("incident", "Serious incidents", _incident_rows, _say_incident),
    WorkKind("disclosure", "Disclosure requests", _disclosure_rows, _say_disclosure),
    WorkKind("low_level_month", "Low-level concerns to read", _month_rows, _say_month, on_wall=False),
    WorkKind("low_level_pattern", "Low-level concerns to read", _month_rows, _say_together, on_wall=False),
)
