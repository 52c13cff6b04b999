"""Every kind of work, of all apps. Those of accounts and alerts, which know nothing of circles, are made here."""

from __future__ import annotations

from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Proposal
from accounts.models.proposal import AGREES
from alerts.outbox.trouble import refusal_sentence, refusals
from alerts.pause.models import ENDS_PAUSES, SendingPause
from circles.worklist import KINDS as CIRCLE_KINDS
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from concerns.worklist import KINDS as CONCERN_KINDS
from core.worklist import WorkItem


def _proposal_rows(reader: WorkReader) -> Rows:
    """Proposals that somebody else made, and that wait for a second person."""
    waiting = Proposal.objects.visible_to(reader.user).waiting(reader.at).exclude(asked_by=reader.user)
    agrees = any(reader.user.has_role(role) for role in AGREES)
    return as_lines(
        waiting if agrees else waiting.none(),
        due="lapses_at",
        circle="",
        whom=Coalesce("invitation__full_name", "person__full_name"),
        kind="kind",
        asked_by="asked_by__full_name",
    )


def _say_proposal(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Agree that {line.facts['whom']} {Proposal.Kind(line.facts['kind']).label.lower()}, or refuse",
        url=reverse("accounts:proposals"),
        due_at=line.due,
        detail=f"{line.facts['asked_by']} asked.",
    )


ACCOUNT_KINDS = (WorkKind("proposal", "Second persons", _proposal_rows, _say_proposal, on_wall=False),)


def _pause_rows(reader: WorkReader) -> Rows:
    """A pause in sending, for those who may end it."""
    return as_lines(SendingPause.objects.visible_to(reader.user).current(), circle="")


def _say_pause(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title="Sending is paused since the database was restored",
        url=reverse("alerts:pause"),
        must_act=True,
        detail="Look at what waits, then let it go on.",
    )


def _refusal_rows(reader: WorkReader) -> Rows:
    """Providers that refuse our messages, for those who can put the account right."""
    mends = any(reader.user.has_role(role) for role in ENDS_PAUSES)
    return as_lines(refusals() if mends else refusals().none(), circle="", name="name", why="detail")


def _say_refusal(line: WorkLine, reader: WorkReader) -> WorkItem:
    sentence = refusal_sentence(line.facts["name"], line.facts["why"])
    return WorkItem(
        title=f"{sentence[:1].upper()}{sentence[1:]}",
        url=reverse("status"),
        must_act=True,
        detail="Until then nothing is sent that way. Telephone whoever must know.",
    )


ALERT_KINDS = (
    WorkKind("pause", "Sending is paused", _pause_rows, _say_pause, on_wall=False),
    WorkKind("refusal", "Providers that refuse us", _refusal_rows, _say_refusal, on_wall=False),
)

KINDS = (*CONCERN_KINDS, *CIRCLE_KINDS, *ACCOUNT_KINDS, *ALERT_KINDS)
"""What one query finds. A circle's page reads the kinds of circles and concerns."""
