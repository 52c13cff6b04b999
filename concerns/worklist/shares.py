"""Work about shares: approve, send, chase, read a reply, or answer one."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse

from accounts.access import Role
from alerts.leave.cover import COVERED
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from concerns.choices import Level
from concerns.share.models import Share
from concerns.share.reply_models import ShareReply
from concerns.worklist.kinds import rank_of
from core.worklist import WorkItem

HANDLE = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD)
RECEIVE = (Role.LIAISON, Role.MAPPA_COORDINATOR)
TITLES = {
    Share.Status.APPROVED: "Approved: tell them",
    Share.Status.FAILED: "It did not arrive: find another way",
    Share.Status.SENT: "No answer from the agency: chase it",
    Share.Status.RECEIVED: "No answer from the agency: chase it",
}


def _handles(reader: WorkReader) -> bool:
    return any(reader.user.has_role(role) for role in HANDLE)


def _share_rows(reader: WorkReader) -> Rows:
    """Shares that wait for this person, at the charity or at an agency. On the wall: agencies that have not answered."""
    status, user = Share.Status, reader.user
    late = Q(status__in=[status.SENT, status.RECEIVED], answer_due_at__lte=reader.at)
    wanted = Q(status__in=[status.PROPOSED, status.APPROVED, status.FAILED]) | late
    wanted |= Q(wrote=True) | Q(recipient=user, status__in=[status.SENT, status.RECEIVED])
    wrote = Exists(ShareReply.objects.unread().filter(share=OuterRef("pk")))
    covers = Q(concern__circle__coordinator__in=COVERED(user.pk)) | Q(proposed_by__in=COVERED(user.pk))
    standing_in = ExpressionWrapper(covers, output_field=BooleanField())
    shares = Share.objects.visible_to(user).annotate(wrote=wrote, stands_in=standing_in)
    if not (_handles(reader) or any(user.has_role(role) for role in RECEIVE)):
        shares = shares.none()
    return as_lines(
        shares.filter(late if reader.wall else wanted, reader.within("concern__circle")),
        due="answer_due_at",
        circle="concern__circle",
        ref="reference",
        level="concern__level",
        agency="recipient_agency",
        status="status",
        wrote="wrote",
        stands_in="stands_in",
        coordinator="concern__circle__coordinator",
        recipient="recipient",
        proposed_by="proposed_by",
        sent_at="sent_at",
        plan="their_plan",
    )


def _say_share(line: WorkLine, reader: WorkReader) -> WorkItem | None:
    """What this person must do about a share; None where somebody else must."""
    title = TITLES[Share.Status(line.facts["status"])] if reader.wall else _title_of(line.facts, reader)
    if not title:
        return None
    level = Level(line.facts["level"])
    return WorkItem(
        title=title,
        url=reverse("concerns:share", args=[line.facts["ref"]]),
        due_at=line.due,
        must_act=level.tells_agency_at_once,
        detail=f"{level.label} · {line.facts['agency']} · {line.facts['ref']}",
        rank=rank_of(level),
    )


def _title_of(facts: dict[str, object], reader: WorkReader) -> str:
    key = reader.user.pk
    if facts["recipient"] == key and facts["sent_at"] is not None and facts["plan"] == "":
        return "Sent to you: say that you have it"
    if not _handles(reader):
        return ""
    if facts["status"] == Share.Status.PROPOSED:
        return "Read this before it is sent" if facts["proposed_by"] != key else ""
    if not (facts["stands_in"] or key in {facts["proposed_by"], facts["coordinator"]}):
        return ""
    return "The agency wrote back: read it" if facts["wrote"] else TITLES[Share.Status(str(facts["status"]))]


SHARE_KINDS = (WorkKind("share", "Agencies that have not answered", _share_rows, _say_share),)
