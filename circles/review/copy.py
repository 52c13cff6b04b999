"""A review in the words of each copy: volunteers by first name for the inner circle, by initial for the outer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from accounts.models import User
from circles.redaction.names import redaction_for
from circles.review.models import Review, ReviewPerson
from core.redaction import ByHand, RedactedLine
from core.templatetags.ui import clock, local


class Copy(Enum):
    """Who a copy is for. The value is its name in the trail. `WHOLE` is read on the page and never printed."""

    INNER = "inner"
    OUTER = "outer"
    WHOLE = "whole"

    @property
    def title(self) -> str:
        return f"{self.value.capitalize()} circle copy"


@dataclass(frozen=True)
class CopyPart:
    """A heading of a copy, with its lines."""

    title: str
    lines: list[RedactedLine]


class CopyWriter:
    """Writes a review in the words that one audience may read. No copy has a volunteer's surname."""

    def __init__(self, review: Review, copy: Copy, *, by_hand: ByHand | None = None) -> None:
        """`by_hand` holds decisions about names that are not saved yet. Without it, those saved at sharing hold."""
        self.review = review
        self.copy = copy
        decided = by_hand or ByHand.from_record(review.names_by_hand)
        self.names = redaction_for(review.circle, first_names=copy is Copy.OUTER, by_hand=decided)

    def name_of(self, first_name: str) -> str:
        """A volunteer's name: the first name inside the circle, its initial outside."""
        return first_name if self.copy is not Copy.OUTER else f"{first_name[:1].upper()}."

    def core_member_line(self) -> str:
        """The line about the core member: by reference for agencies, by the circle's name for him inside."""
        circle = self.review.circle
        if self.copy is Copy.OUTER:
            return f"Core member {circle.core_member.reference}, called {circle.known_as} in the circle"
        return f"Core member: {circle.known_as}"

    def printer_name_of(self, user: User) -> str:
        """The name of whoever prints it: in full for staff and agencies, as in the rest of the copy for volunteers."""
        return user.full_name if user.is_charity_staff_or_agency else self.name_of(user.first_name)

    def agenda(self) -> list[CopyPart]:
        sections = [section for section in self.review.agenda if section["inner"] or self.copy is not Copy.INNER]
        return [CopyPart(section["title"], [self._line_of(line) for line in section["lines"]]) for section in sections]

    def _line_of(self, line: dict[str, Any]) -> RedactedLine:
        who = RedactedLine.of(f"{self.name_of(line['volunteer'])}: " if line["volunteer"] else "")
        return who + self.names.read(line["text"])

    def people(self) -> list[RedactedLine]:
        """A line for each person invited: who they are and whether they came."""
        invited = self.review.people.select_related("user").order_by("pk")
        return [RedactedLine.of(self._person_text_of(person)) for person in invited]

    def _person_text_of(self, person: ReviewPerson) -> str:
        role_words = [person.get_part_display()]
        if person.is_professional:
            role_words = [word for word in (person.role or person.get_part_display(), person.agency) if word]
        name = (
            self.name_of(person.user.first_name)
            if person.part == person.Part.VOLUNTEER and person.user
            else person.name
        )
        came = f": {person.get_came_display().lower()}" if person.came else ""
        return f"{name} ({', '.join(role_words)}){came}"

    def decisions(self) -> list[RedactedLine]:
        lines = []
        for decision in self.review.decisions.order_by("decided_at", "pk"):
            until = f" until {decision.new_end_on.day} {decision.new_end_on:%B %Y}" if decision.new_end_on else ""
            lines.append(
                RedactedLine.of(f"{decision.get_decision_display()}{until}. ") + self.names.read(decision.reason)
            )
        return lines

    def record(self) -> list[CopyPart]:
        """The whole review, decisions first."""
        review = self.review
        held = (
            [RedactedLine.of(f"On {day_and_time_of(review.held_at)}. Chaired by {review.chair}.")]
            if review.held_at
            else []
        )
        parts = [CopyPart("Decisions", self.decisions()), CopyPart("Held", [*held, *self.people()])]
        if review.summary:
            parts.append(CopyPart("What was said", self._lines_of(review.summary)))
        if review.actions_agreed:
            parts.append(CopyPart("Actions agreed", self._lines_of(review.actions_agreed)))
        return [*parts, *self.agenda()]

    def _lines_of(self, words: str) -> list[RedactedLine]:
        return [self.names.read(paragraph) for paragraph in paragraphs_of(words)]


def day_and_time_of(moment: datetime) -> str:
    """A day, with its year, and a time, as they stand on paper."""
    here = local(moment)
    return f"{here.day} {here:%B %Y} at {clock(moment)}"


def paragraphs_of(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
