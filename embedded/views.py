"""The demo's own pages: become anybody, and read the messages that would have been sent."""

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
from embedded.demo_data import LIAISONS, STAFF
from embedded.mailbox import latest_messages
from embedded.stories import Story, current_stories

POSTS = {person.name: person.does for person in [*STAFF, *LIAISONS]}
METHODS, WHOSE = "account_authentication_methods", "account_authentication_methods_user"


@dataclass(frozen=True)
class PersonAndPost:
    """Somebody to become, and what they do."""

    person: User
    post: str


@dataclass(frozen=True)
class StoryAndPerson:
    """One story, and whom to become to see it."""

    story: Story
    person: User


def _post_of(person: User) -> str:
    if person.full_name in POSTS:
        return POSTS[person.full_name]
    volunteer = getattr(person, "volunteer", None)
    circles = [membership.circle.reference for membership in volunteer.memberships.all()] if volunteer else []
    return f"Volunteers in circle {', '.join(circles)}" if circles else "Volunteers; waiting for a circle"


@login_not_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show the stories, everybody to become, staff first, and the messages."""
    memberships = Prefetch("volunteer__memberships", queryset=Membership.objects.current().select_related("circle"))
    everybody = User.objects.filter(is_active=True).select_related("volunteer", "agency").prefetch_related(memberships)
    volunteers = set(User.objects.filter(groups__name=Role.VOLUNTEER.value).values_list("pk", flat=True))
    order = {person.name: place for place, person in enumerate([*STAFF, *LIAISONS])}
    known = sorted(everybody, key=lambda person: (order.get(person.full_name, 99), person.pk))
    by_name = {person.full_name: person for person in known}
    context = {
        "stories": [
            StoryAndPerson(story, by_name[story.person]) for story in current_stories() if story.person in by_name
        ],
        "staff": [PersonAndPost(person, _post_of(person)) for person in known if person.pk not in volunteers],
        "volunteers": [PersonAndPost(person, _post_of(person)) for person in known if person.pk in volunteers],
        "mail": latest_messages(),
    }
    return TemplateResponse(request, "demo/people.html", context)


@login_not_required
@require_POST
def become(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign in as somebody, as if they had shown both factors, and go to their first page or to a story's page."""
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
