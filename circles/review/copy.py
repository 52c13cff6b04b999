"""How a review reads to each audience: the inner circle by first names, the outer by initials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from accounts.models import User
from circles.redaction.names import redaction_for
from circles.review.models import Review, ReviewPerson
from core.redaction import ByHand, Line
from core.templatetags.ui import clock, local


class Copy(Enum):
    """Who a copy is for; the value is its word in the trail. The whole is read on the page and never printed."""

    INNER = "inner"
    OUTER = "outer"
    WHOLE = "whole"

    @property
    def title(self) -> str:
        return f"{self.value.capitalize()} circle copy"


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]


class Reader:
    """Turns a review into the words one audience may read. No copy has a volunteer's surname."""

    def __init__(self, review: Review, copy: Copy, *, by_hand: ByHand | None = None) -> None:
        """`by_hand` is what is being decided about names; without it, what was decided at the sharing."""
        self.review = review
        self.copy = copy
        decided = by_hand or ByHand.kept(review.names_by_hand)
        self.names = redaction_for(review.circle, first_names=copy is Copy.OUTER, by_hand=decided)

    def name(self, first_name: str) -> str:
        """A volunteer: by first name inside the circle, by its initial outside."""
        return first_name if self.copy is not Copy.OUTER else f"{first_name[:1].upper()}."

    def core_member(self) -> str:
        """Agencies know him by his reference; the circle by the name it uses."""
        circle = self.review.circle
        if self.copy is Copy.OUTER:
            return f"Core member {circle.core_member.reference}, called {circle.known_as} in the circle"
        return f"Core member: {circle.known_as}"

    def printed_by(self, user: User) -> str:
        """Staff and agencies by their full name, a volunteer as everywhere in this copy."""
        return user.full_name if user.is_charity_staff_or_agency else self.name(user.first_name)

    def agenda(self) -> list[Part]:
        shown = [section for section in self.review.agenda if section["inner"] or self.copy is not Copy.INNER]
        return [Part(section["title"], [self.line(line) for line in section["lines"]]) for section in shown]

    def line(self, line: dict[str, Any]) -> Line:
        who = Line.of(f"{self.name(line['volunteer'])}: " if line["volunteer"] else "")
        return who + self.names.read(line["text"])

    def people(self) -> list[Line]:
        """Who was invited and whether they came."""
        everybody = self.review.people.select_related("user").order_by("pk")
        return [Line.of(self.person(one)) for one in everybody]

    def person(self, one: ReviewPerson) -> str:
        said = [one.get_part_display()]
        if one.is_professional:
            said = [word for word in (one.role or one.get_part_display(), one.agency) if word]
        name = self.name(one.user.first_name) if one.part == one.Part.VOLUNTEER and one.user else one.name
        came = f": {one.get_came_display().lower()}" if one.came else ""
        return f"{name} ({', '.join(said)}){came}"

    def decisions(self) -> list[Line]:
        told = []
        for one in self.review.decisions.order_by("decided_at", "pk"):
            until = f" until {one.new_end_on.day} {one.new_end_on:%B %Y}" if one.new_end_on else ""
            told.append(Line.of(f"{one.get_decision_display()}{until}. ") + self.names.read(one.reason))
        return told

    def record(self) -> list[Part]:
        """The whole review, in the order a reader wants it: decisions first."""
        review = self.review
        held = [Line.of(f"On {when(review.held_at)}. Chaired by {review.chair}.")] if review.held_at else []
        parts = [Part("Decisions", self.decisions()), Part("Held", [*held, *self.people()])]
        if review.summary:
            parts.append(Part("What was said", self.paragraphs(review.summary)))
        if review.actions_agreed:
            parts.append(Part("Actions agreed", self.paragraphs(review.actions_agreed)))
        return [*parts, *self.agenda()]

    def paragraphs(self, words: str) -> list[Line]:
        return [self.names.read(paragraph) for paragraph in paragraphs(words)]


def when(moment: datetime) -> str:
    """A day and a time that still read rightly on paper in a year."""
    here = local(moment)
    return f"{here.day} {here:%B %Y} at {clock(moment)}"


def paragraphs(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
