"""What people really typed into the service's pages, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.access import Role
from accounts.models import Agency, User
from alerts.mobile.models import Mobile
from audit.models import Act, Entry
from concerns.choices import Level
from concerns.concern.models import Concern
from concerns.raising.operations import raise_concern
from offenders.contact.models import Contact
from offenders.core_member.models import CoreMember
from tests.accounts.signing import current_code, give_app, give_code, give_password, give_recovery_codes, is_signed_in
from tests.factories.accounts import PersonFactory
from tests.notify_server import notify_server
from tests.world import World

As = Callable[[User], Client]
BOTH = pytest.mark.django_db(databases=["default", "cache"])


@pytest.fixture
def step_clock() -> Iterator[time_machine.Traveller]:
    """An app's clock stands at the beginning of a step."""
    with time_machine.travel((int(time.time()) // 30) * 30, tick=False) as traveller:
        yield traveller


def concern(world: World) -> Concern:
    return raise_concern(
        world.ely, submit_key=uuid4(), level=Level.URGENT, words="He was late.", by=world.ben, at=world.now
    )


@BOTH
@pytest.mark.parametrize("shape", ["{}\u00a0{}", "{} {}", "{}-{}", "{}\u2011{}", "\u200b{}{}"])
def test_an_apps_code_is_taken_as_it_is_shown(shape: str) -> None:
    wren = PersonFactory(role=Role.VOLUNTEER)
    secret, client = give_app(wren), Client()
    give_password(client, wren)
    code = current_code(secret)
    give_code(client, shape.format(code[:3], code[3:]))
    assert is_signed_in(client)


@BOTH
def test_a_recovery_code_is_taken_with_the_space_of_a_printed_sheet() -> None:
    wren = PersonFactory(role=Role.VOLUNTEER)
    give_app(wren)
    code, client = give_recovery_codes(wren)[0], Client()
    give_password(client, wren)
    give_code(client, f"{code[:4]}\u00a0{code[4:]}")
    assert is_signed_in(client)


@BOTH
@pytest.mark.parametrize(
    ("late", "taken"), [(29, True), (31, True), (59, True), (61, False), (-31, True), (-61, False)]
)
def test_an_apps_code_one_step_late_is_taken(step_clock: Any, late: int, taken: bool) -> None:
    wren = PersonFactory(role=Role.VOLUNTEER)
    secret, client = give_app(wren), Client()
    if late < 0:
        step_clock.shift(late)
    code = current_code(secret)
    step_clock.shift(late if late > 0 else -late - 1)
    give_password(client, wren)
    give_code(client, code)
    assert is_signed_in(client) is taken


@BOTH
@pytest.mark.parametrize("later", [1, 31, 59])
def test_an_apps_code_is_used_once_in_all_its_steps(step_clock: Any, later: int) -> None:
    wren = PersonFactory(role=Role.VOLUNTEER)
    secret, first, second = give_app(wren), Client(), Client()
    code = current_code(secret)
    give_password(first, wren)
    give_code(first, code)
    assert is_signed_in(first)
    step_clock.shift(later)
    give_password(second, wren)
    give_code(second, code)
    assert not is_signed_in(second)


@BOTH
def test_what_is_no_code_is_no_try() -> None:
    wren = PersonFactory(role=Role.VOLUNTEER)
    secret, client = give_app(wren), Client()
    give_password(client, wren)
    for _ in range(20):
        assert "A code is 6 or 8 figures" in give_code(client, "12345").content.decode()
    give_code(client, current_code(secret))
    assert is_signed_in(client)


@BOTH
def test_the_e_mail_address_is_read_without_what_nobody_sees() -> None:
    wren = PersonFactory(role=Role.VOLUNTEER)
    give_app(wren)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": f"\u200b{wren.email}\u00a0", "password": "wrong"})
    assert "Enter a valid" not in answer.content.decode()


def test_the_texted_code_is_taken_as_it_stands_in_the_text(
    world: World, as_person: As, django_capture_on_commit_callbacks: Any
) -> None:
    ann = as_person(world.ann)
    with notify_server() as notify, django_capture_on_commit_callbacks(execute=True):
        ann.post(reverse("alerts:mobile"), {"number": "+44 (0)7700 900123"})
    code = notify.texts[0]["personalisation"]["message"][:6]
    for wrong in ("12345", "abcdef", "1234567", "\u200b"):
        ann.post(reverse("alerts:mobile_code"), {"code": wrong})
    assert Mobile.objects.get(person=world.ann).wrong_codes == 0
    assert ann.post(reverse("alerts:mobile_code"), {"code": f"{code[:3]}\u00a0{code[3:]}"}).status_code == 302
    mobile = Mobile.objects.get(person=world.ann)
    assert (mobile.number, mobile.verified_at is not None) == ("+447700900123", True)


def test_070_is_no_mobile(world: World, as_person: As) -> None:
    page = as_person(world.ann).post(reverse("alerts:mobile"), {"number": "070 1234 5678"}).content.decode()
    assert "texts do not reach others" in page


def test_the_polices_extension_is_kept_and_shown(world: World, as_person: As) -> None:
    ann = as_person(world.ann)
    sent = {
        "name": "Sgt Moira Lane",
        "role": "Case officer",
        "agency": Agency.objects.get(kind="police").pk,
        "telephone": "01480 456111 ext 8001234",
    }
    ann.post(reverse("offenders:add_contact", args=["EE-2417-K"]), sent)
    assert Contact.objects.get(name="Sgt Moira Lane").telephone == "+441480456111;ext=8001234"
    page = ann.get(reverse("offenders:contacts", args=["EE-2417-K"])).content.decode()
    assert "01480 456111 ext 8001234" in page
    assert 'href="tel:+441480456111;ext=8001234"' in page


@pytest.mark.parametrize("words", ["\u200b", "\u3164\u202e", "\x00", "\u00a0\n\u2060"])
def test_a_worry_that_nobody_can_read_wakes_nobody(world: World, as_person: As, words: str) -> None:
    before = Concern.objects.count()
    sent = {"submit_key": str(uuid4()), "words": words, "level": "urgent"}
    page = as_person(world.ben).post(reverse("concerns:worry", args=["C-0142"]), sent)
    assert "Write what you saw or heard" in page.content.decode()
    assert Concern.objects.count() == before


@pytest.mark.parametrize("written", ["k-{}", "K\u2011{}", "k\u2013{}"])
def test_a_concern_is_found_under_its_reference_in_small_letters(world: World, as_person: As, written: str) -> None:
    found = concern(world)
    address = f"/concerns/{written.format(found.reference[2:].lower())}/"
    page = as_person(world.ann).get(address)
    assert page.status_code == 200
    assert Entry.objects.filter(reference=found.reference, act=Act.CONSULTED, actor=world.ann).exists()
    assert as_person(world.pat).get(address).status_code == 404


@pytest.mark.parametrize("written", ["C 0142", "C0142", "c0142", "C\u20110142", " c-0142 ", "\u200bC-0142"])
def test_a_circle_is_found_however_its_reference_is_written(world: World, as_person: As, written: str) -> None:
    page = as_person(world.fay).get(reverse("concerns:raise"), {"circle": written}).content.decode()
    assert reverse("concerns:worry", args=["C-0142"]) in page
    asked = {"level": "urgent", "queue": world.queue.reference, "circle": written, "moment": "2026-07-01T10:00"}
    assert "No circle of yours" not in as_person(world.fay).get(reverse("concerns:simulator"), asked).content.decode()


def test_two_concerns_are_joined_by_a_reference_read_off_a_telephone(world: World, as_person: As) -> None:
    first, second = concern(world), concern(world)
    sent = {"link-other": second.reference.replace("-", " ").lower(), "link-why": "The same evening."}
    page = as_person(world.ann).post(reverse("concerns:link", args=[first.reference]), sent)
    assert page.status_code == 302


def test_a_core_member_is_taken_on_under_a_reference_in_small_letters(world: World, as_person: As) -> None:
    sent = {
        "reference": "ee 9999 k",
        "category": 1,
        "level": 1,
        "lead_agency": "police",
        "area": world.core_member.area_id,
        "coordinator": world.ann.pk,
        "from_before": "In a circle since 2024.",
    }
    as_person(world.hana).post(reverse("offenders:bring_over"), sent)
    assert CoreMember.objects.filter(reference="EE-9999-K").exists()


@pytest.mark.parametrize("year", ["2206", "0206", "1026", "99999999999", "9" * 5000])
def test_a_check_that_holds_for_a_lifetime_is_not_kept(world: World, as_person: As, year: str) -> None:
    volunteer = world.ely.memberships.get(volunteer__user=world.ben).volunteer
    address = reverse("volunteers:checks", args=[volunteer.reference])
    sent = {
        f"{name}_{part}": value
        for name in ("checked_until", "trained_on", "agreed_on")
        for part, value in (("day", "30"), ("month", "6"), ("year", year))
    }
    page = as_person(world.ann).post(address, sent)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode() or "govuk-error-summary" in page.content.decode()
    volunteer.refresh_from_db()
    assert volunteer.checked_until is None or volunteer.checked_until < (world.now + timedelta(days=2000)).date()


def test_a_shift_in_the_hour_that_comes_twice_asks_which_and_is_kept(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    sent = {
        "person": world.fay.pk,
        "telephone": "01632 960 111",
        "starts_at": "2026-10-25T01:30",
        "ends_at": "2026-10-25T09:00",
    }
    page = hana.post(reverse("concerns:plan_shift"), sent).content.decode()
    assert "comes twice" in page
    assert 'name="starts_at_which"' in page
    assert hana.post(reverse("concerns:plan_shift"), {**sent, "starts_at_which": "second"}).status_code == 302
