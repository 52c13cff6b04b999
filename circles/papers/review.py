"""How a review reads to each audience: the inner circle by first names, the outer by initials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from accounts.models import User
from circles.models import Membership, Review, ReviewPerson
from core.templatetags.ui import clock, local

LEFT_OUT = "[surname left out]"


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
    lines: list[str]


class Reader:
    """Turns a review into the words one audience may read. No copy has a volunteer's surname."""

    def __init__(self, review: Review, copy: Copy) -> None:
        self.review = review
        self.copy = copy
        names = Membership.objects.of(review.circle).values_list("volunteer__user__full_name", flat=True)
        self.surnames = surnames_in(names)

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

    def clean(self, words: str) -> str:
        """Somebody's own words, without a volunteer's surname that slipped into them."""
        return self.surnames.sub(LEFT_OUT, words) if self.surnames else words

    def agenda(self) -> list[Part]:
        shown = [section for section in self.review.agenda if section["inner"] or self.copy is not Copy.INNER]
        return [Part(section["title"], [self.line(line) for line in section["lines"]]) for section in shown]

    def line(self, line: dict[str, Any]) -> str:
        text = self.clean(line["text"])
        return f"{self.name(line['volunteer'])}: {text}" if line["volunteer"] else text

    def people(self) -> list[str]:
        """Who was invited and whether they came."""
        everybody = self.review.people.select_related("user").order_by("pk")
        return [self.person(one) for one in everybody]

    def person(self, one: ReviewPerson) -> str:
        said = [one.get_part_display()]
        if one.is_professional:
            said = [word for word in (one.role or one.get_part_display(), one.agency) if word]
        name = self.name(one.user.first_name) if one.part == one.Part.VOLUNTEER and one.user else one.name
        came = f": {one.get_came_display().lower()}" if one.came else ""
        return f"{name} ({', '.join(said)}){came}"

    def decisions(self) -> list[str]:
        told = []
        for one in self.review.decisions.order_by("decided_at", "pk"):
            until = f" until {one.new_end_on.day} {one.new_end_on:%B %Y}" if one.new_end_on else ""
            told.append(f"{one.get_decision_display()}{until}. {self.clean(one.reason)}")
        return told

    def record(self) -> list[Part]:
        """The whole review, in the order a reader wants it: decisions first."""
        review = self.review
        held = [f"On {when(review.held_at)}. Chaired by {review.chair}."] if review.held_at else []
        parts = [Part("Decisions", self.decisions()), Part("Held", [*held, *self.people()])]
        if review.summary:
            parts.append(Part("What was said", paragraphs(self.clean(review.summary))))
        if review.actions_agreed:
            parts.append(Part("Actions agreed", paragraphs(self.clean(review.actions_agreed))))
        return [*parts, *self.agenda()]


def when(moment: datetime) -> str:
    """A day and a time that still read rightly on paper in a year."""
    here = local(moment)
    return f"{here.day} {here:%B %Y} at {clock(moment)}"


def paragraphs(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def surnames_in(full_names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every surname of these people, in any case; a name of one word has none."""
    found = {part for name in full_names for part in surnames_of(name)}
    if not found:
        return None
    longest_first = sorted(found, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def surnames_of(full_name: str) -> set[str]:
    """All but the first word, whole and by its last word: “van der Berg” and “Berg”."""
    words = full_name.split()[1:]
    return {" ".join(words), words[-1]} if words else set()
