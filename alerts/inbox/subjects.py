"""What the alerts of an inbox are about. Only the inbox says this: what leaves the building is neutral.

An alert knows the address it leads to. The apps above this one say what is at that address (`ALERT_SUBJECTS`), if this
person may see it now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from alerts.message.models import Alert

REFERENCE = re.compile(r"(?<=/)[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}(?=/)")

Subjects = Callable[[User, set[str]], dict[str, str]]
"""Takes a person and references; returns in words what the records are that this person may see, by reference."""

PAGES = {
    "/people/me/": "How you sign in or are reached",
    "/people/second/": "What waits for a second person",
    "/people/": "Somebody’s account",
    "/alerts/leave/": "Leave, and who stands in",
    "/concerns/new/": "Something you wrote and have not sent",
    "/concerns/rota/": "Who is on call",
    "/concerns/drills/": "A rehearsal",
    "/concerns/patterns/": "A pattern across concerns",
    "/circles/venues/": "A meeting place",
    "/concerns/queues/": "A queue, and who works it",
    "/core-members/": "A core member",
    "/volunteers/": "A volunteer",
}
"""Addresses that are not of one record, and what their pages are about."""

ELSE = "On your home page"


@dataclass
class Group:
    """The alerts that lead to one address, the latest first."""

    link: str
    about: str = ELSE
    alerts: list[Alert] = field(default_factory=list)

    @property
    def latest(self) -> Alert:
        return self.alerts[0]

    @property
    def unread(self) -> int:
        return sum(alert.read_at is None for alert in self.alerts)

    @property
    def pressing(self) -> Alert | None:
        """An alert that cannot wait and was not opened, if there is one."""
        return next((alert for alert in self.alerts if alert.is_pressing and alert.read_at is None), None)


def groups_of(alerts: Iterable[Alert], *, reader: User) -> list[Group]:
    """The alerts grouped by the address they lead to, the latest first; one query for each kind of record."""
    groups: dict[str, Group] = {}
    for alert in alerts:
        groups.setdefault(alert.link, Group(alert.link)).alerts.append(alert)
    wanted: dict[str, set[str]] = {}
    for link in groups:
        if reference := _reference_in(link):
            wanted.setdefault(_longest(settings.ALERT_SUBJECTS, link), set()).add(reference)
    told: dict[str, dict[str, str]] = {}
    for prefix, references in wanted.items():
        subjects: Subjects | None = import_string(settings.ALERT_SUBJECTS[prefix]) if prefix else None
        told[prefix] = subjects(reader, references) if subjects else {}
    for group in groups.values():
        found = told.get(_longest(settings.ALERT_SUBJECTS, group.link), {}).get(_reference_in(group.link), "")
        group.about = found or PAGES.get(_longest(PAGES, group.link), ELSE)
    return list(groups.values())


def _reference_in(link: str) -> str:
    found = REFERENCE.search(link)
    return found[0] if found else ""


def _longest(prefixes: Iterable[str], link: str) -> str:
    """The longest of these beginnings that an address has; empty when it has none."""
    return max((prefix for prefix in prefixes if link.startswith(prefix)), key=len, default="")
