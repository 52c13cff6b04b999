"""Work about the rota and the queues: shifts to agree to, queues to rehearse, patterns that nobody has looked at."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.access import Role
from circles.worklist.lines import Rows, WorkKind, WorkLine, WorkReader, as_lines
from concerns.drill.access import queues_to_rehearse
from concerns.drill.models import Drill
from concerns.ladder.models import ASKED_BEFORE, Holiday
from concerns.pattern.models import Pattern
from concerns.rota.access import RotaAccess
from concerns.rota.models import OnCallShift
from core.templatetags.ui import moment
from core.worklist import WorkItem

REHEARSED_EVERY = timedelta(days=31)


def _shift_rows(reader: WorkReader) -> Rows:
    """Shifts that nobody has agreed to yet. Until somebody agrees, the number shows nowhere."""
    shifts = OnCallShift.objects.visible_to(reader.user).waiting(reader.at)
    return as_lines(
        shifts if reader.circle is None else shifts.none(),
        due="starts_at",
        circle="",
        telephone="telephone",
        person_id="person",
        person="person__full_name",
        planned_by_id="planned_by",
        planned_by="planned_by__full_name",
        own_number="own_number",
        known_number="known_number",
        confirmed_at="confirmed_at",
        agreed_at="agreed_at",
    )


def _say_shift(line: WorkLine, reader: WorkReader) -> WorkItem | None:
    """For whoever may agree to it: the person on call, or somebody who vouches for the number."""
    facts = line.facts
    asked = ("person_id", "planned_by_id", "own_number", "known_number", "confirmed_at", "agreed_at")
    shift = OnCallShift(**{name: facts[name] for name in asked})
    if not RotaAccess(reader.user, shift).agree_to_shift or line.due is None:
        return None
    mine = shift.person_id == reader.user.pk
    title = "Say whether you are on call" if mine else f"Agree to the number for {facts['person']}, on call"
    return WorkItem(
        title=f"{title} from {moment(line.due)}",
        url=reverse("concerns:rota"),
        due_at=line.due,
        detail=f"{facts['planned_by']} planned it, with the number {facts['telephone']}.",
    )


def _rehearsal_rows(reader: WorkReader) -> Rows:
    """For managers: queues that nobody has rehearsed for a month."""
    drills = Drill.objects.filter(queue=OuterRef("pk"))
    queues = queues_to_rehearse(reader.user).filter(~Exists(drills.filter(started_at__gt=reader.at - REHEARSED_EVERY)))
    if not reader.user.has_role(Role.MANAGER) or reader.circle is not None:
        queues = queues.none()
    return as_lines(queues, circle="", area="area__name", rehearsed=Exists(drills))


def _say_rehearsal(line: WorkLine, reader: WorkReader) -> WorkItem:
    return WorkItem(
        title=f"Rehearse the {line.facts['area']} queue",
        url=reverse("concerns:drills"),
        detail="Not rehearsed for a month" if line.facts["rehearsed"] else "Never rehearsed",
    )


def _pattern_rows(reader: WorkReader) -> Rows:
    """For the safeguarding lead: patterns that nobody has looked at since they grew."""
    unseen = Pattern.objects.visible_to(reader.user).filter(seen_at=None)
    if not reader.user.has_role(Role.SAFEGUARDING_LEAD) or reader.circle is not None:
        unseen = unseen.none()
    return as_lines(unseen, due="grew_at", circle="", ref="reference", kind="kind")


def _say_pattern(line: WorkLine, reader: WorkReader) -> WorkItem:
    kind = Pattern(kind=line.facts["kind"]).get_kind_display()
    return WorkItem(
        title=f"Concerns from different circles name the same {kind.lower()}",
        url=reverse("concerns:pattern", args=[line.facts["ref"]]),
        must_act=True,
        detail=line.facts["ref"],
    )


def _holiday_rows(reader: WorkReader) -> Rows:
    """For managers: the last Christmas on the list of bank holidays."""
    listed = Holiday.objects.filter(removed_at=None, day__month=12)
    last = listed.filter(~Exists(listed.filter(day__gt=OuterRef("day"))))
    is_asked = reader.user.has_role(Role.MANAGER) and reader.circle is None
    return as_lines(last if is_asked else last.none(), circle="", day="day")


def _say_holidays(line: WorkLine, reader: WorkReader) -> WorkItem | None:
    last = date(line.day("day").year, 12, 31)
    if last >= reader.today + ASKED_BEFORE:
        return None
    return WorkItem(
        title=f"The list of bank holidays ends on {last:%-d %B %Y}",
        url=reverse("concerns:ladder"),
        detail="After that day, clocks that count working hours run on bank holidays too",
    )


ROTA_KINDS = (
    WorkKind("holidays", "Bank holidays", _holiday_rows, _say_holidays, on_wall=False),
    WorkKind("shift", "Shifts to agree to", _shift_rows, _say_shift, on_wall=False),
    WorkKind("rehearsal", "Queues to rehearse", _rehearsal_rows, _say_rehearsal, on_wall=False),
    WorkKind("pattern", "Patterns to look at", _pattern_rows, _say_pattern, on_wall=False),
)
