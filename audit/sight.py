"""Writes into the trail what a response showed: one line for each record that was opened, or one for a list.

The middleware calls it for a response with a body: a redirect shows nothing. If an act wrote its own line about a record
in the same request, no second line is written. The other records that a page names are found by its links, so that no
list can be forgotten.
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
"""Within this time a list that is opened again adds no line, unless it names a new record."""

LIST = "list"
LISTED_LATELY = "listed_lately"
"""The session's key for what its lists named: by page, the time and the references."""

LINK = re.compile(r'href="(/[^"?#]*)')
REFERENCE = re.compile(r"(?<=/)[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2}(?=/)")
"""A reference in one of the service's own links. It has capitals, which no other part of an address has."""


def references_linked_in(response: HttpResponse) -> list[str]:
    """The references of the records to which the page's main part links, each once."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    _, _, middle = response.content.decode(response.charset, "replace").partition("<main")
    return list(dict.fromkeys(name for address in LINK.findall(middle) for name in REFERENCE.findall(address)))


@transaction.atomic(savepoint=False)
def write_sight(sight: Sight, *, linked: list[str], page: str, session: SessionBase, by: User, at: datetime) -> None:
    """Write one line for each opened record. The first also names the page's other records; with none, write the list."""
    recorded = _recorded_keys_of(sight, by)
    unrecorded = [opened for key, opened in sight.opened.items() if key not in recorded]
    known = {by.reference, page}.union(*((opened.record.reference, opened.within) for opened in sight.opened.values()))
    beside = [name for name in dict.fromkeys([*sight.beside, *linked]) if name not in known]
    for place, opened in enumerate(unrecorded):
        Entry.objects.create(
            at=at,
            actor=by,
            act=Act.CONSULTED,
            kind=opened.record.audit_kind,
            reference=opened.record.reference,
            within=opened.within,
            note=opened.why,
            shown=beside if place == 0 else [],
        )
    if not unrecorded:
        new = beside if sight.beside else _new_in_list(beside, name=page, session=session, at=at)
        if new:
            _write_list(new, name=page, by=by, at=at)
    for opened in sight.opened.values():
        if opened.then is not None:
            opened.then(by=by, at=at)


def _recorded_keys_of(sight: Sight, by: User) -> set[tuple[str, str]]:
    """Kind and reference of the records about which this person's acts in this request wrote a line that stayed."""
    if not sight.lines:
        return set()
    return set(Entry.objects.filter(pk__in=sight.lines, actor=by).values_list("kind", "reference"))


def _write_list(references: list[str], *, name: str, by: User, at: datetime) -> None:
    Entry.objects.create(at=at, actor=by, act=Act.LISTED, kind=LIST, reference=name, shown=references)


def _new_in_list(references: list[str], *, name: str, session: SessionBase, at: datetime) -> list[str]:
    """The references that this list has not named within the hour. The session remembers them, without a query."""
    since = (at - LISTED_AGAIN).timestamp()
    lately = {page: named for page, named in session.get(LISTED_LATELY, {}).items() if named[0] > since}
    began, named = lately.get(name, [at.timestamp(), []])
    new = [reference for reference in references if reference not in named]
    if new:
        session[LISTED_LATELY] = lately | {name: [began, [*named, *new]]}
    return new
