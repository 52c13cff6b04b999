"""The demo's own pages: become anybody, and see the mail that would have gone out."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Role
from accounts.models import User
from circles.circle.models import Membership
from core.errors import NotSeen
from embedded.cast import LIAISONS, STAFF
from embedded.mailbox import latest
from embedded.stories import Story, stories

DOES = {part.name: part.does for part in [*STAFF, *LIAISONS]}
METHODS, WHOSE = "account_authentication_methods", "account_authentication_methods_user"


@dataclass(frozen=True)
class Somebody:
    """One person one can become, and what they do."""

    person: User
    does: str


@dataclass(frozen=True)
class Told:
    """One story, and the person one becomes to see it."""

    story: Story
    person: User


def does(person: User) -> str:
    if person.full_name in DOES:
        return DOES[person.full_name]
    volunteer = getattr(person, "volunteer", None)
    circles = [membership.circle.reference for membership in volunteer.memberships.all()] if volunteer else []
    return f"Volunteers in circle {', '.join(circles)}" if circles else "Volunteers; waiting for a circle"


@login_not_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The stories, everybody there is, staff first, and the mail."""
    memberships = Prefetch("volunteer__memberships", queryset=Membership.objects.current().select_related("circle"))
    everybody = User.objects.filter(is_active=True).select_related("volunteer", "agency").prefetch_related(memberships)
    volunteers = set(User.objects.filter(groups__name=Role.VOLUNTEER.value).values_list("pk", flat=True))
    order = {part.name: place for place, part in enumerate([*STAFF, *LIAISONS])}
    known = sorted(everybody, key=lambda person: (order.get(person.full_name, 99), person.pk))
    by_name = {person.full_name: person for person in known}
    shown = {
        "stories": [Told(story, by_name[story.person]) for story in stories() if story.person in by_name],
        "staff": [Somebody(person, does(person)) for person in known if person.pk not in volunteers],
        "volunteers": [Somebody(person, does(person)) for person in known if person.pk in volunteers],
        "mail": latest(),
    }
    return TemplateResponse(request, "demo/people.html", shown)


@login_not_required
@require_POST
def become(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign in as somebody, as if they had shown both factors; then their first page, or where a story is."""
    person = User.objects.filter(reference=reference, is_active=True).first()
    if person is None:
        raise NotSeen("person", reference)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    now = time.time()
    request.session[WHOSE] = str(person.pk)
    request.session[METHODS] = [
        {"method": "password", "at": now, "email": person.email},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    go = request.POST.get("go", "")
    return redirect(go if url_has_allowed_host_and_scheme(go, allowed_hosts=None) else "home")
