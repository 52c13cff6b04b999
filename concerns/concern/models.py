"""A concern: what was seen or heard, how soon somebody must act, and who has it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from circles.circle.models import Circle
from circles.meeting.models import Meeting
from concerns.choices import Feedback, Level, Outcome, Side, Withheld
from concerns.concern.answers import LONGEST, Answers, answer_constraints
from concerns.concern.event_models import ConcernEvent
from concerns.concern.rows import ConcernQuerySet
from concerns.concern.states import LIFECYCLE, ConcernStatus
from concerns.ladder.models import LadderVersion
from concerns.queue.models import Queue
from concerns.routing.models import RoutingRule
from core.constraints import both_or_neither, one_of
from core.records import Moving

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Concern(Answers, Moving):
    Status = ConcernStatus
    audit_kind = "concern"
    OPEN: ClassVar[list[str]] = ["raised", "acknowledged", "triaged", "monitored", "answered"]
    ENDED: ClassVar[list[str]] = ["closed", "merged", "raised_in_error"]

    LIFECYCLE = LIFECYCLE

    reference = models.CharField(max_length=12, unique=True)
    submit_key = models.UUIDField(unique=True, help_text="Made by the form: a double tap is one concern.")
    sent_after = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="What the same form had brought before, in other words.",
    )
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="concerns")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="concerns", null=True, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    suggested_level = models.CharField(max_length=10, choices=Level)
    level = models.CharField(max_length=10, choices=Level)
    answers_level = models.CharField(
        max_length=10, choices=Level, blank=True, help_text="What follows from the answers; none if nothing does."
    )
    answers_because = models.CharField(max_length=120, blank=True)
    words = models.TextField("What was seen or heard?", validators=[MaxLengthValidator(LONGEST)])
    received_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=Status, default=Status.RAISED)
    ladder = models.ForeignKey(LadderVersion, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(
        RoutingRule, on_delete=models.PROTECT, related_name="+", null=True, help_text="The rule that routed it."
    )
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="concerns", null=True)
    queued_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    claimed_until = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST)])
    feedback = models.CharField(max_length=20, choices=Feedback, blank=True)
    feedback_at = models.DateTimeField(null=True)
    feedback_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withheld = models.CharField(max_length=20, choices=Withheld, blank=True)
    withheld_at = models.DateTimeField(null=True)
    withheld_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    no_news_at = models.DateTimeField(null=True, help_text="When “no news yet” was last said.")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="merged_here", null=True)
    reopened_at = models.DateTimeField(null=True, help_text="When the charity's clock started anew.")
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    by_volunteer: bool
    """Set by `with_author`."""
    tellings: int
    """Set by `with_tellings`."""
    has_others: bool
    has_proposal: bool
    """Set by `facts.with_links`."""
    rang: bool
    reported: str | None
    on_call: str | None
    """Set by `facts.with_calls`."""

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "status",
                ["raised", "acknowledged", "triaged", "monitored", "answered", "closed", "merged", "raised_in_error"],
                name="concern_status_known",
            ),
            one_of("level", Level.values, name="concern_level_known"),
            one_of("suggested_level", Level.values, name="concern_suggested_level_known"),
            one_of("answers_level", ["", *Level.values], name="concern_answers_level_known"),
            models.CheckConstraint(
                condition=Q(answers_level="", answers_because="") | (~Q(answers_level="") & ~Q(answers_because="")),
                name="concern_answers_level_says_why",
            ),
            *answer_constraints("concern"),
            one_of("outcome", ["", *Outcome.values], name="concern_outcome_known"),
            one_of("feedback", ["", *Feedback.values], name="concern_feedback_known"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="concern_seen_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
                name="concern_claim_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(feedback="", feedback_at=None, feedback_by=None)
                | (~Q(feedback="") & Q(feedback_at__isnull=False, feedback_by__isnull=False)),
                name="concern_feedback_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["closed", "merged", "raised_in_error"],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                | Q(
                    status__in=["raised", "acknowledged", "triaged", "monitored", "answered"],
                    closed_at=None,
                    closed_by=None,
                ),
                name="concern_closed_by_someone",
            ),
            one_of("withheld", ["", *Withheld.values], name="concern_withheld_known"),
            both_or_neither("withheld_at", "withheld_by", name="concern_withheld_by_someone"),
            models.CheckConstraint(
                condition=Q(withheld="", withheld_at=None)
                | (~Q(withheld="") & Q(withheld_at__isnull=False, feedback="")),
                name="concern_withheld_or_told",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(feedback="") | ~Q(withheld=""), name="concern_closed_after_feedback"
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into=None)),
                name="concern_merged_into_another",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="concern_not_merged_into_itself"),
            both_or_neither("reopened_at", "reopened_by", name="concern_reopened_by_someone"),
            models.CheckConstraint(
                condition=Q(queued_at=None) | Q(queue__isnull=False), name="concern_queued_in_a_queue"
            ),
        ]
        indexes = [
            models.Index(fields=["queue", "received_at"], name="concern_queue"),
            models.Index(fields=["circle", "-received_at"], name="concern_circle"),
            models.Index(
                fields=["received_at"],
                condition=Q(status__in=["raised", "acknowledged", "triaged", "monitored", "answered"]),
                name="concern_open",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("concerns:concern", args=[self.reference])

    @property
    def filed_within(self) -> str:
        """The circle whose trail shows it. Empty if it is about a person, since they may read that trail."""
        return "" if self.about_id is not None else self.circle.reference

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def needs_act_from(self, side: str) -> bool:
        """Whether this side still has to act: the agencies until it is answered, the charity until its author is told."""
        if side == Side.AGENCY:
            return self.is_open and self.queue_id is not None and self.status != self.Status.ANSWERED
        return self.is_open and not (self.status == self.Status.ANSWERED and self.is_feedback_settled)

    def is_chased(self, side: str) -> bool:
        """Whether this side must have a next step now. The agencies have one only once it is in their queue."""
        return self.needs_act_from(side) and (side == Side.CHARITY or self.queued_at is not None)

    @property
    def pace(self) -> Level:
        """The level by which its clocks run. Once it is answered only its author waits, so nobody is woken at night."""
        level = Level(self.level)
        return Level.PRIORITY if self.status == self.Status.ANSWERED and level.tells_agency_at_once else level

    @property
    def goes_to_on_call(self) -> bool:
        """Whether people on call are told: it cannot wait, and is not about staff. Those go to managers and leads."""
        about_staff = self.about is not None and self.about.is_charity_staff_or_agency
        return self.pace.tells_agency_at_once and not about_staff

    @property
    def raised_level(self) -> Level:
        """The level it was raised at: its author's suggestion, or sooner where the answers say so."""
        return Level(self.suggested_level).sooner(self.answers_level)

    @property
    def is_feedback_settled(self) -> bool:
        """Whether its author was told what came of it, or it is written down why they cannot be."""
        return bool(self.feedback or self.withheld)

    def facts_of_a_move(self) -> list[str]:
        return ["outcome", "answer", "closed_at", "closed_by", "merged_into"]

    def tell_story(self, *, before: str, by: AbstractBaseUser | None, at: datetime, note: str) -> None:
        line = ConcernEvent(kind=ConcernEvent.Kind.MOVED, from_status=before, to_status=self.status, detail=note)
        line.changes = self.status != self.Status.ACKNOWLEDGED
        self._add_line(line, by=by, at=at)

    def note(
        self, what: str, *, by: AbstractBaseUser | None, at: datetime, detail: str = "", changes: bool = True
    ) -> ConcernEvent:
        """Add a line to the story. `by` is None when the service itself acts.

        A line changes the concern unless `changes` is False, as when somebody is only told of it.
        """
        return self._add_line(ConcernEvent(what=what, detail=detail, changes=changes), by=by, at=at)

    def _add_line(self, line: ConcernEvent, *, by: AbstractBaseUser | None, at: datetime) -> ConcernEvent:
        line.concern, line.at, line.by_id = self, at, by.pk if by else None
        line.save(force_insert=True)
        if line.changes:
            self.lapse_proposals(at=at)
        return line

    def lapse_proposals(self, *, at: datetime) -> None:
        """End the proposals to end this concern: it has changed since they were made, so nobody can agree to them."""
        for proposal in self.end_proposals.waiting():
            proposal.lapsed_at = at
            proposal.save(update_fields=["lapsed_at"])
            self.note(
                f"No longer proposed: {proposal.get_ending_display().lower()}",
                by=None,
                at=at,
                detail="The concern has changed since.",
                changes=False,
            )


auditlog.register(
    Concern,
    include_fields=["circle", "level", "status", "queue", "about", "claimed_by", "outcome", "feedback"],
)
