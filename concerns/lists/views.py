"""Lists of concerns: all open ones, the finished ones, a circle's, and the reader's own."""

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
from concerns.handling.facts import with_calls
from concerns.leads import LEADS_CONCERNS
from concerns.pattern.access import PatternAccess
from concerns.queue.models import Queue
from concerns.raising.access import may_raise_as_staff
from concerns.routing.access import SimulatingAccess

PAGE_LENGTH = 25
MY_LATEST = 50
ORDER = {level: place for place, level in enumerate(Level)}
WITH_RULE = ("circle__core_member", "claimed_by", "rule__area", "rule__queue__area")
READS_LISTS = (Role.COORDINATOR, Role.MANAGER, Role.SAFEGUARDING_LEAD, Role.DIRECTOR)


@dataclass(frozen=True)
class ListedConcern:
    """One concern in a list, with the clock of the reader's side."""

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
    def is_claimed(self) -> bool:
        until = self.concern.claimed_until
        return until is not None and until > timezone.now()


def listed_concerns(concerns: list[Concern], side: Side, at: datetime) -> list[ListedConcern]:
    """Concerns with their clocks: the most urgent first, then those somebody has, then those without a clock."""
    plans = Plans(concerns)
    rows = [ListedConcern(concern, side_clock(concern, side, plans, at)) for concern in concerns]
    far = at + timedelta(days=3650)
    return sorted(
        rows,
        key=lambda row: (
            row.clock is None,
            row.clock is not None and row.clock.held_by is not None,
            ORDER[Level(row.concern.level)],
            row.clock.due_at if row.clock and row.clock.due_at else far,
        ),
    )


@require_safe
def queues(request: SignedInRequest) -> HttpResponse:
    """The queues the reader works, and how many open concerns each has."""
    mine = Queue.objects.worked_by(request.user).select_related("area").order_by("area__name")
    waiting = Concern.objects.visible_to(request.user).still_open().filter(queued_at__isnull=False)
    counted: dict[int, int] = {}
    for queue in waiting.values_list("queue", flat=True):
        counted[queue] = counted.get(queue, 0) + 1
    queues_with_counts = [(queue, counted.get(queue.pk, 0)) for queue in mine]
    return TemplateResponse(request, "concerns/lists/queues.html", {"queues": queues_with_counts})


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The concerns the reader raised, and what came of them."""
    raised = Concern.objects.visible_to(request.user).filter(raised_by=request.user)
    concerns = raised.select_related("circle").order_by("-received_at")[:MY_LATEST]
    return TemplateResponse(request, "concerns/lists/mine.html", {"concerns": concerns})


@require_safe
def everything(request: SignedInRequest) -> HttpResponse:
    """Every open concern the reader answers for, those without an answer first."""
    if not any(request.user.has_role(role) for role in READS_LISTS):
        raise PermissionDenied("You may not list concerns. Yours are under “My concerns”.")
    still_open = Concern.objects.visible_to(request.user).still_open()
    waiting = with_clocks(with_calls(still_open).select_related(*WITH_RULE, "queue__area"))
    rows = listed_concerns(list(waiting), Side.CHARITY, timezone.now())
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    leads = any(request.user.has_role(role) for role in LEADS_CONCERNS)
    context = {
        "page": page,
        "leads": leads,
        "may": PatternAccess(request.user),
        "trying": SimulatingAccess(request.user),
        "may_raise": may_raise_as_staff(request.user),
    }
    return TemplateResponse(request, "concerns/lists/all.html", context)


@require_safe
def finished(request: SignedInRequest) -> HttpResponse:
    """The ended concerns the reader answers for, the latest first; only of one level if the address names one."""
    if not any(request.user.has_role(role) for role in READS_LISTS):
        raise PermissionDenied("You may not list concerns. Yours are under “My concerns”.")
    concerns = Concern.objects.visible_to(request.user).filter(status__in=Concern.ENDED)
    level = request.GET.get("level", "")
    if level in Level.values:
        concerns = concerns.filter(level=level)
    latest = concerns.select_related("circle").order_by("-received_at", "-pk")
    page = Paginator(latest, PAGE_LENGTH).get_page(request.GET.get("page"))
    return TemplateResponse(request, "concerns/lists/finished.html", {"page": page, "levels": Level, "chosen": level})


@require_safe
def circle_concerns(request: SignedInRequest, reference: str) -> HttpResponse:
    """The circle's Concerns tab. A volunteer finds there the concerns they raised."""
    circle = open_circle(request, reference)
    may = CircleAccess(request.user, circle)
    concerns = Concern.objects.visible_to(request.user).filter(circle=circle).order_by("-received_at")
    page = Paginator(concerns, PAGE_LENGTH).get_page(request.GET.get("page"))
    asking = AskingAccess(request.user, circle)
    context = {"circle": circle, "may": may, "asking": asking, "page": page, "tab": "concerns"}
    return TemplateResponse(request, "concerns/lists/circle_concerns.html", context)
