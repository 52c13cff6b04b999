"""Writes what an answer showed into the trail: one line for each record that was opened, one for a list.

The middleware calls it, and only for an answer that has a body: a redirect, a refusal and an error show nothing. An
act that wrote its own line about a record in the same request has told of the sight too. What else a page names is
read from its own links, so that no list can be forgotten.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpResponse

from accounts.models import User
from audit.models import Act, Entry
from core.sight import Sight

LISTED_AGAIN = timedelta(hours=1)
"""A list that is opened again within this time adds no line unless it names something new."""

LIST = "list"
LISTED_LATELY = "listed_lately"
"""Where the session remembers what its lists named: by page, since when and which."""

LINK = re.compile(r'href="(/[^"?#]*)')
REFERENCE = re.compile(r"(?<=/)[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}(?=/)")
"""As the service writes it into its own links: in capitals, which no word of an address is."""


def linked_from(response: HttpResponse) -> list[str]:
    """The reference of every record that the middle of a page links to, each once."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    _, _, middle = response.content.decode(response.charset, "replace").partition("<main")
    return list(dict.fromkeys(name for address in LINK.findall(middle) for name in REFERENCE.findall(address)))


@transaction.atomic(savepoint=False)
def write_sight(sight: Sight, *, linked: list[str], page: str, session: SessionBase, by: User, at: datetime) -> None:
    """Write one line for each record that was opened, the first with what else the page names; else one for the list."""
    told = told_already(sight, by)
    untold = [opened for key, opened in sight.opened.items() if key not in told]
    known = {by.reference, page}.union(*((opened.record.reference, opened.within) for opened in sight.opened.values()))
    beside = [name for name in dict.fromkeys([*sight.beside, *linked]) if name not in known]
    for place, opened in enumerate(untold):
        Entry.objects.create(
            at=at,
            actor=by,
            act=Act.CONSULTED,
            kind=opened.record.audit_kind,
            reference=opened.record.reference,
            within=opened.within,
            shown=beside if place == 0 else [],
        )
    if not untold:
        new = beside if sight.beside else new_in_list(beside, name=page, session=session, at=at)
        if new:
            write_list(new, name=page, by=by, at=at)
    for opened in sight.opened.values():
        if opened.then is not None:
            opened.then(by=by, at=at)


def told_already(sight: Sight, by: User) -> set[tuple[str, str]]:
    """Kind and reference of what this request's acts wrote by this person, if it was not rolled back."""
    if not sight.lines:
        return set()
    return set(Entry.objects.filter(pk__in=sight.lines, actor=by).values_list("kind", "reference"))


def write_list(references: list[str], *, name: str, by: User, at: datetime) -> None:
    Entry.objects.create(at=at, actor=by, act=Act.LISTED, kind=LIST, reference=name, shown=references)


def new_in_list(references: list[str], *, name: str, session: SessionBase, at: datetime) -> list[str]:
    """What this list has not named within the hour, in this session, which remembers it at no query."""
    since = (at - LISTED_AGAIN).timestamp()
    lately = {page: named for page, named in session.get(LISTED_LATELY, {}).items() if named[0] > since}
    began, named = lately.get(name, [at.timestamp(), []])
    new = [reference for reference in references if reference not in named]
    if new:
        session[LISTED_LATELY] = lately | {name: [began, [*named, *new]]}
    return new
