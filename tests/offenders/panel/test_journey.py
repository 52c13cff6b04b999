"""From an agency’s call to an accepted core member, by pages alone: the coordinator, the referrer, two who sign, a panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.mail import POSTMAN
from accounts.models import User
from offenders.core_member.models import CoreMember
from offenders.panel.models import Seat
from offenders.referral.answer_models import SectionAnswers
from offenders.referral.models import Referral
from offenders.referral.sections import SECTIONS
from tests.form_posts import with_form_key
from tests.offenders.referral.referrals import answer_to, criteria_in_force, started
from tests.world import World

As = Callable[[User], Client]
Follow = Callable[[Callable[[], HttpResponse]], str]


@pytest.fixture
def last_link(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Follow:
    """Do something on a page, and give the address in the letter that went out with it."""

    def follow(act: Callable[[], HttpResponse]) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            assert act().status_code == 302
        POSTMAN.submit(lambda: None).result()
        return re.findall(r"https?://[^/]+(/core-members/refer/\S+)", str(mail.outbox[-1].body))[0]

    return follow


def answer_every_section(client: Client) -> None:
    """The referrer answers what is needed, page by page."""
    for name, section in SECTIONS.items():
        said = {question.name: answer_to(question) for question in section.needed}
        page = ("referring_part", [name, 1]) if section.many else ("referring_section", [name])
        assert client.post(reverse(f"offenders:{page[0]}", args=page[1]), said).status_code == 302


def test_from_an_agencys_call_to_an_accepted_core_member(world: World, as_person: As, last_link: Follow) -> None:
    def press(person: User, page: str, sent: dict[str, Any] | None = None) -> HttpResponse:
        address = reverse(f"offenders:{page}", args=[Referral.objects.get().reference])
        answer: HttpResponse = as_person(person).post(address, with_form_key(sent or {}, person))
        assert answer.status_code == 302, answer.content.decode()
        return answer

    officer = Client()
    started(world)
    link = last_link(lambda: press(world.ann, "send_referrer_link"))
    assert "Open it" in officer.get(link).content.decode()
    assert officer.post(link).url == reverse("offenders:referring")  # type: ignore[attr-defined]
    answer_every_section(officer)
    assert "Still to answer" not in officer.get(reverse("offenders:referring")).content.decode()
    assert "The coordinator has it" in officer.post(reverse("offenders:referring")).content.decode()
    assert officer.get(link).status_code == 404
    link = last_link(lambda: press(world.ann, "acknowledge_referral"))
    officer.post(link)
    assert "We are looking at it" in officer.get(reverse("offenders:referring")).content.decode()
    criteria = criteria_in_force()
    press(world.ann, "screening", {"criteria": criteria.pk})
    answers = {"mandatory": "yes", "advisory": "yes", "exclusion": "no"}
    said = {f"answer_{each.pk}": answers[each.kind] for each in criteria.criterions.all()}
    press(world.ann, "screening", said | {f"evidence_{each.pk}": "OASys." for each in criteria.criterions.all()})
    press(world.ann, "pass_screening")
    for person in (world.ann, world.fay):
        press(person, "sign_off_assessment", {"words": "I talked to him."})
        press(person, "assess_volunteer_risk", {"rating": "low", "words": "No violence."})
    press(world.ann, "seat_member", {"person": world.esi.pk})
    press(world.ann, "complete_assessment")
    seat = Seat.objects.get()
    view = with_form_key({"view": "accept", "reasons": "He is ready."}, world.esi)
    assert as_person(world.esi).post(seat.get_absolute_url(), view).status_code == 302
    decided = {"category": "1", "level": "1", "lead_agency": "police", "reasons": "The panel agreed."}
    link = last_link(lambda: press(world.ann, "accept_referral", decided))
    officer.post(link)
    assert "We offer a place" in officer.get(reverse("offenders:referring")).content.decode()
    taken = CoreMember.objects.get(referral__isnull=False)
    assert (taken.coordinator, taken.status) == (world.ann, "accepted")
    assert as_person(world.ann).get(taken.get_absolute_url()).status_code == 200


def test_a_link_that_ends_while_the_officer_writes_gives_her_words_back(
    world: World, as_person: As, last_link: Follow
) -> None:
    referral = started(world)
    address = reverse("offenders:send_referrer_link", args=[referral.reference])
    ann, officer = as_person(world.ann), Client()
    officer.post(last_link(lambda: ann.post(address, with_form_key({}, world.ann))))  # type: ignore[arg-type, return-value]
    last_link(lambda: ann.post(address, with_form_key({}, world.ann)))  # type: ignore[arg-type, return-value]
    html = officer.post(reverse("offenders:referring_section", args=["needs"]), {"leisure": "Bikes."}).content.decode()
    assert "This link was used" in html
    assert "Bikes." in html
    assert not SectionAnswers.objects.exists()


def test_a_wrong_answer_loses_no_other_and_the_page_keeps_every_word(world: World, as_person: As) -> None:
    referral = started(world)
    page = reverse("offenders:referral_section", args=[referral.reference, "status"])
    sent = {"where": "in_custody", "release_on_day": "31", "release_on_month": "2", "release_on_year": "2027"}
    html = as_person(world.ann).post(page, sent).content.decode()
    assert 'value="31"' in html
    assert SectionAnswers.objects.get(referral=referral).answers == {"where": "in_custody"}
