"""Who may do what in a circle."""

from __future__ import annotations

from functools import cached_property

from accounts.access import Role
from accounts.models import User
from circles.models import Action, Circle, Meeting, Membership, Review, ReviewPerson, RiskReview, Swap, Venue
from core.access import Access, act
from volunteers.models import Volunteer

LEADS = (Role.MANAGER, Role.SAFEGUARDING_LEAD)


class CircleAccess(Access):
    by: User
    record: Circle

    @cached_property
    def coordinates(self) -> bool:
        return self.record.coordinator_id == self.by.pk

    @cached_property
    def leads(self) -> bool:
        return any(self.by.has_role(role) for role in LEADS)

    @cached_property
    def belongs(self) -> bool:
        return Membership.objects.current().filter(circle=self.record, volunteer__user=self.by).exists()

    @act("change who belongs to this circle")
    def change_members(self) -> bool:
        return self.coordinates or self.leads

    @act("end this circle")
    def close(self) -> bool:
        return self.coordinates or self.leads

    @act("take this circle from one stage to the next")
    def lead(self) -> bool:
        return self.coordinates or self.leads

    @act("write down what this circle needs before it meets")
    def prepare(self) -> bool:
        return self.coordinates or self.leads

    @act("sign this circle's agreement")
    def sign(self) -> bool:
        return self.belongs or self.coordinates

    @act("let this circle meet without a sharing agreement")
    def set_sharing_aside(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("read the address this circle meets at")
    def see_address(self) -> bool:
        """The coordinator's and the members'; everybody else has the code (domain.md 1.4 step 7)."""
        return self.coordinates or self.belongs

    @act("change when this circle meets")
    def schedule(self) -> bool:
        return self.coordinates or self.leads

    @act("write this circle's minutes")
    def write_minutes(self) -> bool:
        return self.belongs or self.coordinates

    @act("see who looked at this circle")
    def see_who_looked(self) -> bool:
        return self.coordinates or self.leads

    @act("see the hours volunteers gave to this circle")
    def see_hours(self) -> bool:
        return self.coordinates or self.leads

    @act("see the core member's MAPPA details")
    def see_management(self) -> bool:
        return self.coordinates or self.leads

    @act("read this circle's risk trend")
    def read_trend(self) -> bool:
        return self.coordinates or self.leads

    @act("open or end this circle's goals")
    def change_goals(self) -> bool:
        return self.coordinates or self.leads

    @act("agree actions in this circle")
    def agree_actions(self) -> bool:
        return self.belongs or self.coordinates

    @act("see this circle's measures")
    def see_measures(self) -> bool:
        return self.coordinates or self.leads

    @act("record this circle's measures")
    def record_measures(self) -> bool:
        return self.coordinates or self.leads

    @act("see what happened during and after this circle")
    def see_outcomes(self) -> bool:
        """The coordinator, managers and safeguarding leads only (domain.md 1.12)."""
        return self.coordinates or self.leads

    @act("record what happened during and after this circle")
    def record_outcomes(self) -> bool:
        return self.coordinates or self.leads


class RiskReviewAccess(CircleAccess):
    """Acts on one risk review; the circle's facts, asked of the review's circle."""

    def __init__(self, by: User, review: RiskReview) -> None:
        super().__init__(by, review.circle)
        self.review = review

    @act("score this risk review")
    def score(self) -> bool:
        """Volunteers score, each on their own (domain.md 1.9)."""
        return self.belongs

    @act("agree this risk review and sign it off")
    def agree(self) -> bool:
        return self.coordinates or self.leads

    @act("say that this risk review was missed")
    def miss(self) -> bool:
        return self.coordinates or self.leads

    @act("answer this risk review's prompts")
    def answer_prompts(self) -> bool:
        return self.coordinates or self.leads


class ActionAccess(CircleAccess):
    """Acts on one action; the circle's facts, asked of the action's circle."""

    def __init__(self, by: User, action: Action) -> None:
        super().__init__(by, action.circle)
        self.action = action

    @act("say what came of this action")
    def settle(self) -> bool:
        """The coordinator; a volunteer of their own, and of the core member's, who has no login."""
        if not self.belongs or self.coordinates:
            return self.coordinates
        mine = self.action.volunteer is not None and self.action.volunteer.user_id == self.by.pk
        return mine or self.action.owner == Action.Owner.CORE_MEMBER


class MeetingAccess(CircleAccess):
    """Acts on one meeting; the circle's facts, asked of the meeting's circle."""

    def __init__(self, by: User, meeting: Meeting) -> None:
        super().__init__(by, meeting.circle)
        self.meeting = meeting

    @property
    def takes_minutes(self) -> bool:
        taker = self.meeting.minute_taker
        return taker is not None and taker.user_id == self.by.pk and self.belongs

    @act("say that this meeting was not held")
    def call_off(self) -> bool:
        """Whoever may change the circle's times, and whoever takes the minutes."""
        return self.schedule or self.takes_minutes

    @act("ask somebody to take these minutes in your place")
    def offer_minutes(self) -> bool:
        return self.takes_minutes

    @act("say how long you travelled to this meeting")
    def give_travel(self) -> bool:
        return self.belongs

    @act("approve or return these minutes")
    def approve(self) -> bool:
        return self.coordinates or self.leads

    @act("read the volunteers' debrief")
    def read_debrief(self) -> bool:
        """The coordinator's, and the writers' while they write (domain.md 1.7)."""
        return self.coordinates

    @act("print this meeting's log on paper")
    def print_log(self) -> bool:
        """The coordinator, and whoever takes the minutes (domain.md 0.2, fact 19)."""
        taker = self.meeting.minute_taker
        return self.coordinates or (self.belongs and (taker is None or taker.user_id == self.by.pk))

    @act("add to these minutes")
    def add_addendum(self) -> bool:
        return self.belongs or self.coordinates


class SwapAccess(Access):
    """Acts on somebody's asking to swap turns."""

    by: User
    record: Swap

    def is_of(self, volunteer: Volunteer) -> bool:
        member = Membership.objects.current().filter(circle=self.record.meeting.circle_id, volunteer=volunteer)
        return volunteer.user_id == self.by.pk and member.exists()

    @act("answer for whoever was asked to take the minutes")
    def answer(self) -> bool:
        return self.is_of(self.record.taker)

    @act("take back what another volunteer asked")
    def withdraw(self) -> bool:
        return self.is_of(self.record.giver)


class FeedAccess(Access):
    """One's own private calendar."""

    by: User

    @act("keep a private calendar")
    def keep_feed(self) -> bool:
        return self.by.has_role(Role.VOLUNTEER) or self.by.has_role(Role.COORDINATOR)


class HoursAccess(Access):
    """One's own hours."""

    by: User

    @act("see hours of your own, which only volunteers have")
    def see_own_hours(self) -> bool:
        return self.by.has_role(Role.VOLUNTEER)


class ReviewAccess(CircleAccess):
    """Acts on one review; the circle's facts, asked of the review's circle."""

    def __init__(self, by: User, review: Review) -> None:
        super().__init__(by, review.circle)
        self.review = review

    @cached_property
    def is_invited(self) -> bool:
        """Invited by name for an agency, to this review and nothing else of the circle."""
        return ReviewPerson.objects.professionals().filter(review=self.review, user=self.by).exists()

    @act("prepare and record this circle's review")
    def run_review(self) -> bool:
        return self.coordinates or self.leads

    @act("give your view to this review")
    def give_view(self) -> bool:
        return self.belongs

    @act("read everybody's views before the review is written")
    def read_views(self) -> bool:
        return self.coordinates or self.leads

    @act("take the inner circle's copy of this review")
    def copy_inner(self) -> bool:
        return self.coordinates or self.leads or self.belongs

    @act("take the outer circle's copy of this review")
    def copy_outer(self) -> bool:
        return self.coordinates or self.leads or self.is_invited


class OpeningAccess(Access):
    """Opening a new circle for a core member."""

    by: User

    @act("open a circle")
    def open_circle(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or self.by.has_role(Role.MANAGER)

    @act("take over a circle that meets already")
    def take_over(self) -> bool:
        """Past every guard, so a manager's."""
        return self.by.has_role(Role.MANAGER)


class CompletionAccess(Access):
    """How many of the risk reviews that were due are signed off, circle by circle."""

    by: User

    @act("see which risk reviews are done")
    def see_completion(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or any(self.by.has_role(role) for role in LEADS)


class VenueAccess(Access):
    """Acts on one meeting place."""

    by: User
    record: Venue

    @cached_property
    def meets_there(self) -> bool:
        return Circle.objects.filter(coordinator=self.by, venue=self.record).exists()

    @act("read this place's address")
    def see_address(self) -> bool:
        return self.record.coordinator_id == self.by.pk or self.meets_there

    @act("change this place")
    def change(self) -> bool:
        return self.see_address


class RegisterAccess(Access):
    """What the charity keeps for all its circles."""

    by: User

    @act("see the meeting places")
    def see_venues(self) -> bool:
        return self.by.has_role(Role.COORDINATOR) or any(self.by.has_role(role) for role in LEADS)

    @act("add a meeting place")
    def add_venue(self) -> bool:
        return self.by.has_role(Role.COORDINATOR)

    @act("change the programmes")
    def keep_programmes(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("keep the sharing agreements")
    def keep_sharing(self) -> bool:
        return self.by.has_role(Role.MANAGER)

    @act("publish a new text of the circles' agreement")
    def publish_agreement(self) -> bool:
        return self.by.has_role(Role.MANAGER)
