"""Forcing answers: answers in a log that must be passed on as a concern, and when each was (domain.md 1.7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from circles.meeting.models import Meeting
from circles.minutes.models import Minutes
from circles.minutes.questions import QUESTIONS, forcing_questions, is_shown
from core.constraints import one_of

TIME_FOR_WRITER = timedelta(minutes=10)
"""How long the writer has to pass an answer on in their own words. After that the service passes it on."""

TIME_FOR_WRITER_IF_SMALL = timedelta(hours=4)
"""The same for a worry that is small or unclear."""


def time_for_writer(field: str, value: str) -> timedelta:
    """How long an answer waits for its writer to pass it on."""
    is_small = (field, value) == ("worry", "small")
    return TIME_FOR_WRITER_IF_SMALL if is_small else TIME_FOR_WRITER


def forcing_answers_of(minutes: Minutes) -> dict[str, str]:
    """The answers of this draft that must be passed on, by field."""
    answers = {
        field: getattr(minutes, field)
        for field, question in forcing_questions().items()
        if is_shown(minutes, question) and getattr(minutes, field) in question.forcing
    }
    if minutes.worry_sent_as:
        answers.pop("worry", None)
    return answers


def severity_of(field: str, value: str) -> int:
    """How severe an answer is among those of its field that must be passed on: 0 is the mildest."""
    return QUESTIONS[field].forcing.index(value)


class ForcingAnswerQuerySet(models.QuerySet["ForcingAnswer"]):
    def visible_to(self, user: User) -> Self:
        """The answers of the meetings this person may see."""
        return self.filter(minutes__meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def still_open(self) -> Self:
        """Answers that were neither taken back nor passed on."""
        return self.filter(withdrawn_at=None, passed_on_at=None)

    def overdue(self, at: datetime) -> Self:
        """Open answers whose writers have not passed them on in time."""
        return self.still_open().filter(due_at__lte=at)


class ForcingAnswer(models.Model):
    """One answer that had to be passed on. The row stays, whatever became of the answer."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="forcing_answers")
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="From then on the service passes it on by itself.")
    withdrawn_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    passed_on_as = models.CharField(max_length=12, blank=True, help_text="The reference of the concern about it.")

    objects = ForcingAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("field", ["wellbeing", "licence", "children_contact", "worry"], name="forcing_answer_field_known"),
            models.UniqueConstraint(
                fields=["minutes", "field"],
                condition=Q(withdrawn_at=None, passed_on_at=None),
                name="forcing_answer_open_once",
            ),
            models.CheckConstraint(
                condition=Q(passed_on_at=None, passed_on_as="")
                | (Q(passed_on_at__isnull=False, withdrawn_at=None) & ~Q(passed_on_as="")),
                name="forcing_answer_passed_on_as_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(withdrawn_at=None, passed_on_at=None), name="forcing_answer_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes.meeting.reference} {self.field}"

    @property
    def severity(self) -> int:
        """How severe the answer is among those of its field: 0 is the mildest."""
        return severity_of(self.field, self.value)

    @property
    def in_words(self) -> str:
        """The question and the answer in the words of the log."""
        question = Minutes._meta.get_field(self.field)
        choices = dict(question.choices or [])  # type: ignore[union-attr]
        return f"{question.verbose_name}: {choices[self.value]}".replace("?:", "?")  # type: ignore[union-attr]


auditlog.register(ForcingAnswer, include_fields=["minutes", "field", "value", "given_by", "passed_on_as"])
