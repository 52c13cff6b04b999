"""Every kind of Access, with the record about which docs/access.md asks it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from accounts.access import AccountsAccess, ProposalAccess
from accounts.models import Proposal
from alerts.leave.access import LeaveAccess
from audit.access import AuditAccess
from circles.action.access import ActionAccess
from circles.calendar.access import FeedAccess
from circles.circle.access import CircleAccess, OpeningAccess, RegisterAccess
from circles.hours.access import HoursAccess
from circles.meeting.access import MeetingAccess
from circles.minutes_share.access import MinutesShareAccess
from circles.review.access import ReviewAccess
from circles.risk.access import CompletionAccess, RiskReviewAccess
from circles.rota.access import SwapAccess
from circles.rota.models import Swap
from circles.taxonomy.access import TaxonomyAccess
from circles.venue.access import VenueAccess
from concerns.choices import Level
from concerns.concern.access import ConcernAccess
from concerns.concern.models import Concern
from concerns.disclosure.access import AskingAccess, DisclosureAccess
from concerns.drill.access import DrillAccess
from concerns.incident.access import IncidentAccess
from concerns.ladder.access import LadderAccess
from concerns.low_level.access import LowLevelAccess
from concerns.pattern.access import PatternAccess
from concerns.raising.access import RaisingAccess
from concerns.raising.operations import raise_concern
from concerns.referral.access import ReferralAccess
from concerns.rota.access import RotaAccess
from concerns.routing.access import RoutingAccess, SimulatingAccess
from concerns.share.access import ShareAccess
from core.access import Access
from offenders.core_member.access import AcceptingAccess, CoreMemberAccess
from offenders.core_member.wall_models import BreakGlass
from offenders.identity.access import IdentityAccess
from offenders.panel.access import SeatAccess
from offenders.panel.models import Seat
from offenders.referral.access import ReferralAccess as AgencyReferralAccess
from offenders.secure_domain.access import SecureDomainAccess
from offenders.wall.access import GlassReviewAccess
from tests.accounts.rows import invited_technician
from tests.architecture.sources import DOMAIN
from tests.circles.goal.rows import action
from tests.circles.life.preparing import hall
from tests.circles.minutes_share.shares import shared_minutes
from tests.circles.review import reviews
from tests.circles.risk.risk_reviews import planned_risk_review
from tests.concerns.register import keeping
from tests.concerns.share.rows import sent_share
from tests.offenders.referral import referrals
from tests.rooms import modules_of
from tests.world import World
from volunteers.volunteer.access import VolunteerAccess
from volunteers.volunteer.models import Volunteer

Subject = tuple[str, type[Access], object]
"""The words for the table, the kind of Access, and the record it is asked about."""


def _make_urgent_concern(world: World) -> Concern:
    return raise_concern(
        world.ely,
        submit_key=uuid4(),
        level=Level.URGENT,
        words="He mends bikes for two boys.",
        by=world.ben,
        at=world.now,
    )


def _named_subjects(world: World) -> list[Subject]:
    """The kinds of Access that need a record, or other words in the table than their own docstring."""
    return [
        ("An urgent concern Ben raised in the Ely circle", ConcernAccess, _make_urgent_concern(world)),
        ("What Esi was told of Ben's worry", ShareAccess, sent_share(world)),
        ("The list of secure e-mail domains", SecureDomainAccess, None),
        ("Asking for a third-party disclosure in the Ely circle", AskingAccess, world.ely),
        ("A disclosure request Ann wrote", DisclosureAccess, keeping.disclosure_request(world)),
        ("A safeguarding referral", ReferralAccess, keeping.referral(world)),
        ("A low-level concern about Hana", LowLevelAccess, keeping.low_level(world, about=world.hana)),
        ("A serious incident", IncidentAccess, keeping.incident(world)),
        ("Raising a concern about the Ely circle", RaisingAccess, world.ely),
        ("Trying out who would be told", SimulatingAccess, None),
        ("The routing rules", RoutingAccess, None),
        ("The Ely circle", CircleAccess, world.ely),
        ("Tonight's meeting of the Ely circle", MeetingAccess, world.meeting),
        ("Tonight's minutes, sent to Esi to read here", MinutesShareAccess, shared_minutes(world)),
        ("A risk review of the Ely circle", RiskReviewAccess, planned_risk_review(world)),
        ("Which risk reviews are done", CompletionAccess, None),
        (
            "Ben's asking Tom to take tonight's minutes",
            SwapAccess,
            Swap(meeting=world.meeting, giver=world.ben.volunteer, taker=world.tom.volunteer),
        ),
        ("A private calendar", FeedAccess, None),
        ("Hours of one's own", HoursAccess, None),
        ("An action Ben agreed to do in the Ely circle", ActionAccess, action(world)),
        ("A review of the Ely circle, to which Esi is invited", ReviewAccess, reviews.invited_review(world)),
        ("Opening a circle", OpeningAccess, None),
        ("A meeting place Ann keeps", VenueAccess, hall(world)),
        ("What the charity keeps for all its circles", RegisterAccess, None),
        ("The Ely circle's core member", CoreMemberAccess, world.core_member),
        ("Accepting a core member", AcceptingAccess, None),
        ("A referral that Ann has", AgencyReferralAccess, referrals.submitted(world)),
        ("Fay's look past Paul's wall", GlassReviewAccess, BreakGlass(core_member=world.core_member, person=world.fay)),
        ("Esi's seat on a panel", SeatAccess, Seat(person=world.esi)),
        ("Who Paul is, while Ben's urgent concern about him is open", IdentityAccess, world.core_member),
        ("Ben's file as a volunteer", VolunteerAccess, Volunteer.objects.get(user=world.ben)),
        ("The on-call rota", RotaAccess, None),
        ("The rehearsals", DrillAccess, None),
        ("The clocks and holidays", LadderAccess, None),
        ("What several concerns name alike", PatternAccess, None),
        ("Ann's leave", LeaveAccess, world.ann),
        ("Ben's account", AccountsAccess, world.ben),
        ("Gil's asking for another technician", ProposalAccess, Proposal.objects.get(pk=invited_technician(world)[0])),
        ("The trail", AuditAccess, None),
        ("The tags that minutes are sorted by", TaxonomyAccess, None),
    ]


def _kinds_of_access(parent: type[Access] = Access) -> Iterator[type[Access]]:
    """Every kind of Access of the service that has an act of its own or of its parent."""
    for app in DOMAIN:
        list(modules_of(app, "access"))
    for kind in parent.__subclasses__():
        if kind.__module__.split(".")[0] in DOMAIN and any(kind.acts()):
            yield kind
        yield from _kinds_of_access(kind)


def all_subjects(world: World) -> list[Subject]:
    """Every kind of Access. One that is not named above is asked about no record; its docstring gives its words."""
    named = _named_subjects(world)
    known = {kind for _, kind, _ in named}
    others = [kind for kind in dict.fromkeys(_kinds_of_access()) if kind not in known]
    unnamed = [(str(kind.__doc__).partition(".")[0], kind, None) for kind in others]
    return [*named, *sorted(unnamed, key=lambda subject: subject[0])]
