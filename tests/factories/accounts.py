"""People and agencies made directly."""

from __future__ import annotations

from datetime import UTC, datetime

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.access import Role
from accounts.models import Agency, User

PASSWORD = "heron lantern gravel tuesday"


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    reference = factory.Sequence(lambda number: f"A-{number:05}")
    name = factory.Sequence(lambda number: f"Agency {number}")
    kind = Agency.Kind.PROVIDER


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody active who can sign in with PASSWORD. `role` puts them in its group."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda number: f"U-{number:05}")
    email = factory.Sequence(lambda number: f"person{number}@example.org")
    full_name = "Wren Calder"
    first_name = "Wren"
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    joined_at = datetime(2026, 1, 5, 9, tzinfo=UTC)

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: object) -> User:
        role = kwargs.pop("role", None)
        person: User = super()._create(model_class, *args, **kwargs)
        if role is not None:
            person.groups.add(Group.objects.get(name=Role(role).value))
        return person
