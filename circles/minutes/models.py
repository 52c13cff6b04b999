"""The minutes of a meeting: what a volunteer writes at half past nine (domain.md 1.7)."""

from __future__ import annotations

from datetime import time
from functools import cached_property
from typing import Any, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.questions import PROMISE
from circles.minutes.visit import TIMES, follows_constraint
from core.constraints import one_of

LONGEST_ANSWER = 8000
"""Characters of one narrative field: some four pages."""

REASON_LENGTH = 300

LATEST = 240
"""The most minutes somebody can be late. After that they were absent."""


def narrative_field(label: str, hint: str = "") -> models.TextField[str, str]:
    """A text field for the writer's own words, empty until written."""
    return models.TextField(label, blank=True, help_text=hint, validators=[MaxLengthValidator(LONGEST_ANSWER)])


def choice_field(label: str, choices: type[models.TextChoices]) -> models.CharField[str, str]:
    """A field for a question answered by one tap, empty until answered."""
    return models.CharField(label, max_length=20, choices=choices, blank=True)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        """Minutes of the meetings this person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def last_mode_before(self, meeting: Meeting) -> str:
        """How the circle met at the last meeting before this one whose minutes were sent; empty if there is none."""
        before = self.filter(meeting__circle=meeting.circle_id, meeting__planned_at__lt=meeting.planned_at)
        sent = before.exclude(meeting__submitted_at=None).order_by("-meeting__planned_at")
        return sent.values_list("mode", flat=True).first() or ""


class Minutes(models.Model):
    class Worry(models.TextChoices):
        NO = "no", "No, nothing"
        SMALL = "small", "Yes, something small or unclear"
        NOW = "now", "Yes, and it should not wait"

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        VIDEO = "video", "By video"
        PHONE = "phone", "By telephone"
        OUTING = "outing", "An outing"
        PRISON = "prison", "A prison visit"

    class Mood(models.TextChoices):
        VERY_LOW = "1", "Very low"
        LOW = "2", "Low"
        MIXED = "3", "Up and down"
        STEADY = "4", "Steady"
        GOOD = "5", "Good"

    class Basis(models.TextChoices):
        SEEN = "observed", "We saw or heard it ourselves"
        SAID = "cm_said", "He said it"
        THIRD = "third_party", "Somebody else told us"
        INFERRED = "inferred", "It is what we make of it"

    class Licence(models.TextChoices):
        NONE = "none", "Nothing came up"
        DISCUSSED = "discussed", "We talked about them"
        POSSIBLE_BREACH = "possible_breach", "Something may have been broken"

    class Wellbeing(models.TextChoices):
        NONE = "none", "Nothing to note"
        LOW = "low_mood", "Low mood"
        THOUGHTS = "thoughts", "Thoughts of harming himself"
        PLAN = "plan", "A plan to harm himself"

    class Truth(models.TextChoices):
        CONSISTENT = "consistent", "It fitted what he said before"
        INCONSISTENT = "inconsistent", "It did not fit what he said before"
        WITHHELD = "withheld", "He kept something back"

    class MoodWord(models.TextChoices):
        CALM = "calm", "Calm"
        LOW = "low", "Low"
        ANGRY = "angry", "Angry"
        ANXIOUS = "anxious", "Anxious"
        ELATED = "elated", "Elated"
        FLAT = "flat", "Flat"

    class YesNo(models.TextChoices):
        NO = "no", "No"
        YES = "yes", "Yes"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    worry = choice_field("Did anything worry anyone tonight?", Worry)
    worry_words = narrative_field("What was seen or heard?", "Use initials, not names. Say what you saw or heard.")
    worry_sent_as = models.CharField(
        "Sent on as", max_length=12, blank=True, help_text="The reference of what was sent."
    )
    his_minutes_late = models.PositiveSmallIntegerField(
        "How many minutes late was he?", null=True, blank=True, help_text="Roughly will do."
    )
    his_coming_words = narrative_field("Why was he late, or why did he leave early?", "What he said, in a line.")
    mode = choice_field("How did you meet?", Mode)
    prebrief_began_at = models.TimeField("Pre-brief began", null=True, blank=True)
    began_at = models.TimeField("Meeting began", null=True, blank=True)
    ended_at = models.TimeField("Meeting ended", null=True, blank=True)
    debrief_ended_at = models.TimeField("Debrief ended", null=True, blank=True)
    mood = choice_field("How was he?", Mood)
    mood_words = ArrayField(
        models.CharField(max_length=10), verbose_name="In a word", default=list, blank=True, help_text="Any that fit."
    )
    others_present = narrative_field("Anybody else there?", "Their role and why they came. Initials, not names.")
    his_week = narrative_field("His week", "People, work, home, money, health, time online. Use initials, not names.")
    talked_about = narrative_field("What did you talk about?")
    risk_seen = narrative_field("Anything that raises risk?", "What was seen or heard. “None seen” is an answer.")
    risk_basis = choice_field("How do you know?", Basis)
    risk_opinion = narrative_field("What you make of it", "Opinion, kept apart from what was seen.")
    challenge = narrative_field("Was he challenged about anything?", "What was said, and how he answered.")
    truth = choice_field("Was he truthful?", Truth)
    truth_words = narrative_field("What did not fit?", "If it worries you, raise a concern as well.")
    protective_seen = narrative_field("Anything that protects?", "A friend, a job, an honest word.")
    licence = choice_field("Licence, order or register", Licence)
    wellbeing = choice_field("His wellbeing", Wellbeing)
    children = choice_field("Were children mentioned?", YesNo)
    children_detail = narrative_field("Who, what contact, who else knows?", "Use initials or “child A”.")
    children_contact = choice_field("Has there been any contact with a child?", YesNo)
    community = choice_field("Did anything come up about a victim or the neighbourhood?", YesNo)
    community_words = narrative_field("What came up?", "Never a victim’s name: “person A”.")
    contact = choice_field("Any contact between meetings?", YesNo)
    boundary = choice_field("Gifts, money, favours, social media?", YesNo)
    boundary_words = narrative_field("What was it?", PROMISE)
    concern_raised_as = models.CharField(max_length=12, blank=True)
    actions_agreed = narrative_field("Who will do what, by when?")
    next_plan = narrative_field("Plan for next time")
    debrief = narrative_field(
        "Debrief, volunteers only",
        f"How it felt, how you worked together, where you disagreed. {PROMISE}",
    )
    support = choice_field("Would you like a call from the coordinator?", YesNo)
    field_versions = models.JSONField(default=dict)
    """For each field by name, the number of its last change, by person and open page."""
    returned_because = models.CharField(max_length=300, blank=True)
    late_reason = models.TextField(
        "Why they came late", max_length=REASON_LENGTH, blank=True, help_text="Asked when they come after 48 hours."
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            one_of("worry", ["", "no", "small", "now"], name="minutes_worry_known"),
            one_of("mode", ["", "in_person", "video", "phone", "outing", "prison"], name="minutes_mode_known"),
            one_of("mood", ["", "1", "2", "3", "4", "5"], name="minutes_mood_known"),
            one_of(
                "risk_basis",
                ["", "observed", "cm_said", "third_party", "inferred"],
                name="minutes_risk_basis_known",
            ),
            one_of("licence", ["", "none", "discussed", "possible_breach"], name="minutes_licence_known"),
            one_of("wellbeing", ["", "none", "low_mood", "thoughts", "plan"], name="minutes_wellbeing_known"),
            one_of("children", ["", "no", "yes"], name="minutes_children_known"),
            one_of("children_contact", ["", "no", "yes"], name="minutes_children_contact_known"),
            one_of("community", ["", "no", "yes"], name="minutes_community_known"),
            one_of("truth", ["", "consistent", "inconsistent", "withheld"], name="minutes_truth_known"),
            models.CheckConstraint(
                condition=models.Q(mood_words__contained_by=["calm", "low", "angry", "anxious", "elated", "flat"]),
                name="minutes_mood_words_known",
            ),
            one_of("contact", ["", "no", "yes"], name="minutes_contact_known"),
            one_of("boundary", ["", "no", "yes"], name="minutes_boundary_known"),
            one_of("support", ["", "no", "yes"], name="minutes_support_known"),
            models.CheckConstraint(
                condition=models.Q(his_minutes_late=None) | models.Q(his_minutes_late__range=(1, LATEST)),
                name="minutes_his_lateness_believable",
            ),
            follows_constraint("prebrief_began_at", "began_at", name="minutes_meeting_after_prebrief"),
            follows_constraint("began_at", "ended_at", name="minutes_ended_after_beginning"),
            follows_constraint("ended_at", "debrief_ended_at", name="minutes_debrief_after_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference} minutes"

    @property
    def times(self) -> dict[str, time | None]:
        """The four times of the visit, None for those not written."""
        return {name: getattr(self, name) for name in TIMES}

    @cached_property
    def waiting_answers(self) -> list[Any]:
        """The answers of this draft that must still be passed on, the most urgent first."""
        return list(self.forcing_answers.still_open().order_by("due_at", "pk"))


class AddendumQuerySet(models.QuerySet["Addendum"]):
    def visible_to(self, user: User) -> Self:
        """Addenda to the meetings this person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


class Addendum(models.Model):
    """A note added to minutes that were sent. It never replaces anything in them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="addenda")
    words = models.TextField("What do you want to add?", validators=[MaxLengthValidator(LONGEST_ANSWER)])
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AddendumQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "addenda"

    def __str__(self) -> str:
        return f"{self.meeting.reference} addendum {self.pk}"


auditlog.register(Minutes, include_fields=["meeting", "begun_by", "saved_by"])
auditlog.register(Addendum, include_fields=["meeting", "added_by"])
