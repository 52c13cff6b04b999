"""Lists of concerns: a queue's, a circle's, mine, and for those who lead, all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Role
from accounts.requests import SignedInRequest
from circles.circle.access import CircleAccess
from circles.circle.opener import open_circle
from concerns.choices import Level, ReportedTo, Side
from concerns.concern.models import Concern
from concerns.disclosure.access import AskingAccess
from concerns.engine.outlook import SideClock, side_clock, with_clocks
from concerns.engine.plan import Plans
from concerns.handling.facts import with_voice
from concerns.leads import LEADS
from concerns.pattern.access import PatternAccess
from concerns.queue.models import Queue
from concerns.raising.access import may_raise_as_staff
from concerns.routing.access import SimulatingAccess

A_PAGE = 25
MY_LATEST = 50
ORDER = {level: place for place, level in enumerate(Level)}
WITH_RULE = ("circle__core_member", "claimed_by", "rule__area", "rule__queue__area")
READS_LISTS = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)


@dataclass(frozen=True)
class Row:
    """One concern in a list: itself and the clock that matters to the reader."""

    concern: Concern
    clock: SideClock | None

    @property
    def why(self) -> str:
        """Why it is here, in a sentence."""
        level = Level(self.concern.level)
        if self.concern.rule is not None and level == self.concern.raised_level:
            where = "" if self.concern.queued_at is not None else ". With the charity, not in the area's queue"
            return f"{self.concern.rule.in_words}{where}"
        if level.tells_agency_at_once:
            return f"{level.label}: goes to the coordinator and to the area's queue at once"
        if self.concern.queued_at is None:
            return f"{level.label}: with the charity, not in the area's queue"
        return f"{level.label}: the coordinator passed it on, or had not taken it by half the time"

    @property
    def reported(self) -> str:
        """To whom somebody reported it themselves, in words."""
        to = self.concern.reported
        return f"Reported by somebody themselves to {ReportedTo(to).label.lower()}" if to else ""

    @property
    def claimed_now(self) -> bool:
        until = self.concern.claimed_until
        return until is not None and until > timezone.now()


def rows(concerns: list[Concern], side: Side, at: datetime) -> list[Row]:
    """Concerns with their clocks, the most pressing first; what is in hand after them, what asks nothing last."""
    plans = Plans(concerns)
    found = [Row(concern, side_clock(concern, side, plans, at)) for concern in concerns]
    far = at + timedelta(days=3650)
    return sorted(
        found,
        key=lambda row: (
            row.clock is None,
            row.clock is not None and row.clock.held_by is not None,
            ORDER[Level(row.concern.level)],
            row.clock.due_at if row.clock and row.clock.due_at else far,
        ),
    )


@require_safe
def queues(request: SignedInRequest) -> HttpResponse:
    """The queues I work, and how much waits in each."""
    mine = Queue.objects.worked_by(request.user).select_related("area").order_by("area__name")
    waiting = Concern.objects.visible_to(request.user).still_open().filter(queued_at__isnull=False)
    counted: dict[int, int] = {}
    for queue in waiting.values_list("queue", flat=True):
        counted[queue] = counted.get(queue, 0) + 1
    shown = [(queue, counted.get(queue.pk, 0)) for queue in mine]
    return TemplateResponse(request, "concerns/lists/queues.html", {"queues": shown})


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What I raised, and what came of it."""
    raised = Concern.objects.visible_to(request.user).filter(raised_by=request.user)
    found = raised.select_related("circle").order_by("-received_at")[:MY_LATEST]
    return TemplateResponse(request, "concerns/lists/mine.html", {"concerns": found})


@require_safe
def everything(request: SignedInRequest) -> HttpResponse:
    """Every open concern this person answers for, unanswered ones first."""
    if not any(request.user.has_role(role) for role in READS_LISTS):
        raise PermissionDenied("You may not list concerns. Yours are under “My concerns”.")
    still_open = Concern.objects.visible_to(request.user).still_open()
    waiting = with_clocks(with_voice(still_open).select_related(*WITH_RULE, "queue__area"))
    found = rows(list(waiting), Side.CHARITY, timezone.now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    leads = any(request.user.has_role(role) for role in LEADS)
    shown = {
        "page": page,
        "leads": leads,
        "may": PatternAccess(request.user),
        "trying": SimulatingAccess(request.user),
        "may_raise": may_raise_as_staff(request.user),
    }
    return TemplateResponse(request, "concerns/lists/all.html", shown)


@require_safe
def finished(request: SignedInRequest) -> HttpResponse:
    """What this person answers for and has ended, the latest first; of one level if the address says so."""
    if not any(request.user.has_role(role) for role in READS_LISTS):
        raise PermissionDenied("You may not list concerns. Yours are under “My concerns”.")
    found = Concern.objects.visible_to(request.user).filter(status__in=Concern.ENDED)
    level = request.GET.get("level", "")
    if level in Level.values:
        found = found.filter(level=level)
    latest = found.select_related("circle").order_by("-received_at", "-pk")
    page = Paginator(latest, A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "concerns/lists/finished.html", {"page": page, "levels": Level, "chosen": level})


@require_safe
def circle_concerns(request: SignedInRequest, reference: str) -> HttpResponse:
    """The circle's Concerns tab; a volunteer finds there what they raised themselves."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    found = Concern.objects.visible_to(request.user).filter(circle=circle).order_by("-received_at")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    asking = AskingAccess(request.user, circle)
    shown = {"circle": circle, "may": may, "asking": asking, "page": page, "tab": "concerns"}
    return TemplateResponse(request, "concerns/lists/circle_concerns.html", shown)
