"""Loads again what migrations load, after a test with real commits has emptied the tables."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group

from accounts.access import Role
from accounts.areas import AREAS
from accounts.models import Area
from circles import defaults as for_circles
from concerns.defaults import load_defaults, load_routing
from offenders.defaults import load_consent_text, load_secure_domains
from offenders.eligibility.defaults import load_criteria


def load_reference_data() -> None:
    for code, name, force, region in AREAS:
        Area.objects.get_or_create(
            code=code, defaults={"name": name, "police_force": force, "probation_region": region}
        )
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    for_circles.load_defaults()
    load_defaults()
    load_routing(apps.get_model)
    load_secure_domains()
    load_consent_text()
    load_criteria()
