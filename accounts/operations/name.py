"""The operation that changes a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.access import AccountsAccess
from accounts.models import Change, FormerName, User
from accounts.operations.standing import note_change
from core.errors import Refused


@transaction.atomic
def change_name(person: User, *, full_name: str = "", first_name: str, by: User, at: datetime) -> User:
    """Change what somebody is called, and their full name. An empty full name leaves it as it is.

    The names of before are kept: older texts hold them, and they are left out of copies that go to agencies as well.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    may = AccountsAccess(by, person)
    may.require(AccountsAccess.change_name)
    full_name = full_name or person.full_name
    if full_name != person.full_name and not may.changes_full_name:
        raise Refused("A manager or a technician changes your full name: it was checked. Ask one.", field="full_name")
    if (full_name, first_name) == (person.full_name, person.first_name):
        raise Refused("That is the name they have already. Change it, or go back.", field="first_name")
    FormerName.objects.create(person=person, full_name=person.full_name, first_name=person.first_name, changed_at=at)
    person.full_name, person.first_name = full_name, first_name
    person.save(update_fields=["full_name", "first_name"])
    note_change(person, Change.NAME_CHANGED, by=by, at=at)
    return person
