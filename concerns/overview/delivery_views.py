"""The delivery log: who was told of a concern, by what channel, when, and whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from alerts.message.models import Alert, Channel
from alerts.receipt.operations import deliveries_of
from concerns.concern.access import ConcernAccess
from concerns.handling.opener import open_concern
from core.templatetags.ui import moment

PAGE_LENGTH = 50


@dataclass(frozen=True)
class Delivery:
    """One message to one person by one channel."""

    alert: Alert
    who: str
    result: str
    tries: list[str]


def _delivery_of(alert: Alert, may: ConcernAccess) -> Delivery:
    person = alert.recipient
    who = person.first_name if person.pk in may.first_name_only else person.full_name
    tries = [
        f"{moment(each.at)}: {each.get_outcome_display().lower()}{f', {each.detail}' if each.detail else ''}"
        for each in alert.tries.all()
    ]
    return Delivery(alert, who, _result_text_of(alert), tries)


def _result_text_of(alert: Alert) -> str:
    """What became of it, in words."""
    if alert.channel == Channel.INBOX:
        return f"Opened {moment(alert.read_at)}" if alert.read_at else "Not opened yet"
    repeat = ", perhaps twice" if alert.possible_repeat else ""
    repeat += ", in quiet hours, because it cannot wait" if alert.in_quiet_hours and alert.is_pressing else ""
    if alert.delivered_at:
        return f"Arrived {moment(alert.delivered_at)}{repeat}"
    if alert.state == Alert.State.SENT:
        return f"Accepted by the provider {moment(alert.sent_at)}{repeat}"
    if alert.state == Alert.State.FAILED:
        return f"Did not arrive, {moment(alert.failed_at)}"
    if alert.state == Alert.State.QUEUED:
        why = ": quiet hours" if alert.in_quiet_hours and not alert.attempts else ""
        return f"Waits until {moment(alert.next_attempt_at)}{why}"
    return alert.get_state_display()


@require_safe
def deliveries(request: SignedInRequest, reference: str) -> HttpResponse:
    """The concern's delivery log."""
    found = open_concern(request, reference)
    may = ConcernAccess(request.user, found)
    may.require(ConcernAccess.see_deliveries)
    page = Paginator(deliveries_of(f"{found.reference}:"), PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = {"concern": found, "page": page, "lines": [_delivery_of(alert, may) for alert in page]}
    return TemplateResponse(request, "concerns/overview/deliveries.html", shown)
