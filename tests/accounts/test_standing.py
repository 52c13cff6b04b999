"""Who may sign in, covers or is on call: each change leaves a line, and is told to the person and who leads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import Role
from accounts.mail import POSTMAN
from accounts.models import AccountEvent, Agency, Change, User
from accounts.operations import (
    accept_invitation,
    add_agency,
    end_account,
    invite_first_manager,
    invite_person,
    return_person,
    suspend_person,
)
from accounts.operations.standing import KINDS, leaders_of, note_change
from alerts.hours.operations import choose_hours
from alerts.leave.operations import cancel_leave, plan_leave
from alerts.message.models import Alert, Wording
from alerts.mobile.operations import give_number, hash_of_code, remove_number, verify_number
from audit.models import Entry
from circles.circle.models import Circle, Membership
from concerns.rota.models import OnCallShift
from concerns.rota.operations import cancel_shift
from core.errors import Refused
from offenders.core_member.models import CoreMember
from tests.accounts.signing import give_app, give_passkey
from tests.concerns.rota.on_call import put_on_call
from tests.factories.accounts import PASSWORD
from tests.world import World

As = Callable[[User], Client]
DAY = timedelta(days=1)


def lines_of(act: Callable[[], object]) -> list[Entry]:
    """What an act adds to the trail."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    return list(Entry.objects.filter(pk__gt=last).order_by("pk"))


def invite(world: World, **changes: object) -> object:
    given = {"email": "nell@example.org", "full_name": "Nell Harrow", "role": Role.VOLUNTEER}
    given |= {"agency": world.hana.agency, "area": world.hana.area, "by": world.hana, "at": world.now}
    return invite_person(**(given | changes))


def leave_of_ann(world: World) -> object:
    begins, ends = world.now + DAY, world.now + 3 * DAY
    return plan_leave(world.ann, starts_at=begins, ends_at=ends, deputy=world.pat, by=world.ann, at=world.now)


def shift_of_fay(world: World) -> OnCallShift:
    return put_on_call(world, world.fay, starts_at=world.now, ends_at=world.now + DAY, at=world.now)


def prove_number(world: World) -> object:
    mobile = give_number("07700 900123", by=world.ann, at=world.now)
    mobile.code_hash = hash_of_code("123456", world.ann)
    mobile.save(update_fields=["code_hash"])
    return verify_number("123456", by=world.ann, at=world.now)


def send(signal: object, world: World, **given: object) -> object:
    """As the library tells what it did for Ann."""
    request = RequestFactory().post("/")
    request.session, request.user = {}, world.ann  # type: ignore[assignment]
    return signal.send(sender=Authenticator, request=request, user=world.ann, **given)  # type: ignore[attr-defined]


def codes(world: World) -> Authenticator:
    return Authenticator(user=world.ann, type=Authenticator.Type.RECOVERY_CODES, data={})


ACTS: dict[str, tuple[Callable[[World], object], str]] = {
    "invites": (invite, "invitation"),
    "makes an agency": (
        lambda world: add_agency(name="Norfolk probation", kind=Agency.Kind.PROBATION, by=world.hana, at=world.now),
        "agency",
    ),
    "joins": (
        lambda world: accept_invitation(
            invite(world), full_name="Nell", first_name="Nell", password=PASSWORD, at=world.now
        ),
        "person",
    ),
    "suspends": (lambda world: suspend_person(world.ben, by=world.hana, at=world.now), "person"),
    "ends": (lambda world: end_account(world.ben, by=world.hana, at=world.now), "person"),
    "plans leave": (leave_of_ann, "person"),
    "calls leave off": (lambda world: cancel_leave(leave_of_ann(world), by=world.ann, at=world.now), "person"),
    "plans a shift": (shift_of_fay, "person"),
    "calls a shift off": (lambda world: cancel_shift(shift_of_fay(world), by=world.hana, at=world.now), "person"),
    "gives a number": (lambda world: give_number("07700 900123", by=world.ann, at=world.now), "person"),
    "proves a number": (prove_number, "person"),
    "forgets a number": (lambda world: (prove_number(world), remove_number(by=world.ann, at=world.now)), "person"),
    "chooses hours": (
        lambda world: choose_hours(
            news="none", quiet_from=world.now.time(), quiet_to=(world.now + DAY / 4).time(), by=world.ann, at=world.now
        ),
        "person",
    ),
    "adds a factor": (lambda world: send(authenticator_added, world, authenticator=give_passkey(world.ann)), "person"),
    "removes a factor": (
        lambda world: send(authenticator_removed, world, authenticator=give_passkey(world.ann)),
        "person",
    ),
    "makes recovery codes": (lambda world: send(authenticator_reset, world, authenticator=codes(world)), "person"),
    "uses a recovery code": (lambda world: send(authenticator_used, world, authenticator=codes(world)), "person"),
    "changes the password": (lambda world: send(password_changed, world), "person"),
    "resets the password": (lambda world: send(password_reset, world), "person"),
    "invites the first manager": (
        lambda world: (
            suspend_person(world.hana, by=world.gil, at=world.now),
            invite_first_manager(email="nell@example.org", full_name="Nell Harrow", at=world.now),
        ),
        "invitation",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_whoever_does_it_leaves_a_line(name: str, world: World) -> None:
    act, kind = ACTS[name]
    written = lines_of(lambda: act(world))
    assert kind in {line.kind for line in written}
    assert all(line.reference and "@" not in line.note for line in written)


def test_every_kind_of_change_has_its_words_and_its_act_of_the_trail() -> None:
    assert set(KINDS) == set(Change)


def people_told(world: World, event: AccountEvent) -> dict[str, set[str]]:
    """Who has an alert of it in the inbox, by first part of the address: the person's own, and the leaders'."""

    def names(key: str) -> set[str]:
        return {alert.recipient.email.split("@")[0] for alert in Alert.objects.inbox().filter(key=key)}

    return {"person": names(f"account:{event.pk}"), "leaders": names(f"account:{event.pk}:leads")}


def test_a_volunteers_coordinator_is_told_and_a_coordinators_manager(world: World) -> None:
    assert {each.email.split("@")[0] for each in leaders_of(world.ben)} == {"ann"}
    assert {each.email.split("@")[0] for each in leaders_of(world.ann)} == {"hana"}
    assert {each.email.split("@")[0] for each in leaders_of(world.hana)} == {"fay", "kit"}
    assert {each.email.split("@")[0] for each in leaders_of(world.esi)} == {"hana", "oz"}
    assert {each.email.split("@")[0] for each in leaders_of(world.cas)} == {"hana"}


def test_ben_suspended_by_the_technician_is_told_by_mail_and_ann_by_an_alert(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        suspend_person(world.ben, by=world.gil, at=world.now)
    POSTMAN.submit(lambda: None).result()
    [letter] = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert "Ben" not in letter.body
    assert "ircle" not in letter.body
    assert people_told(world, AccountEvent.objects.get(person=world.ben)) == {"person": set(), "leaders": {"ann"}}


def test_pat_made_cover_by_hana_is_told_and_so_is_ann(world: World) -> None:
    begins, ends = world.now + DAY, world.now + 3 * DAY
    plan_leave(world.ann, starts_at=begins, ends_at=ends, deputy=world.pat, by=world.hana, at=world.now)
    covers = AccountEvent.objects.get(person=world.pat)
    assert covers.change == Change.COVER_PLANNED
    assert people_told(world, covers)["person"] == {"pat"}
    assert people_told(world, AccountEvent.objects.get(person=world.ann))["person"] == {"ann"}


def test_whoever_changes_their_own_password_is_told_and_so_is_who_leads_them(world: World) -> None:
    send(password_changed, world)
    event = AccountEvent.objects.get(person=world.ann)
    assert people_told(world, event) == {"person": {"ann"}, "leaders": {"hana"}}
    assert set(Alert.objects.filter(key=f"account:{event.pk}").values_list("wording", flat=True)) == {
        Wording.ACCOUNT_CHANGED
    }


def test_the_first_factor_of_somebody_who_has_just_joined_is_told_to_nobody_and_the_second_is(world: World) -> None:
    for later, told in ((0, False), (10, True)):
        at = world.now + timedelta(minutes=later)
        if not later:
            note_change(world.ben, Change.JOINED, by=world.ben, at=at)
        event = note_change(world.ben, Change.FACTOR_ADDED, by=world.ben, at=at)
        assert Alert.objects.filter(key__startswith=f"account:{event.pk}").exists() is told


def test_the_first_factor_long_after_joining_or_after_a_recovery_is_told(world: World) -> None:
    note_change(world.ben, Change.JOINED, by=world.ben, at=world.now - DAY)
    note_change(world.tom, Change.JOINED, by=world.tom, at=world.now)
    note_change(world.tom, Change.RECOVERED, by=world.gil, at=world.now)
    for person in (world.ben, world.tom):
        event = note_change(person, Change.FACTOR_ADDED, by=person, at=world.now)
        assert Alert.objects.filter(key=f"account:{event.pk}", recipient=person).exists()


def test_ann_reads_on_her_own_page_what_happened(world: World, as_person: As) -> None:
    suspend_person(world.ann, by=world.gil, at=world.now)
    return_person(world.ann, by=world.gil, at=world.now)
    mine = as_person(world.ann).get(reverse("accounts:me")).content.decode()
    assert "Suspended: cannot sign in, by Gil Tranter" in mine
    hana = as_person(world.hana).get(world.ann.get_absolute_url()).content.decode()
    assert "Suspended: cannot sign in, by Gil Tranter" in hana
    assert "May sign in again, by Gil Tranter" in hana


def test_a_leaver_who_returns_has_nothing_again(world: World) -> None:
    """Uma's circle, Ann's circles and leave and shifts, Esi's team and core member."""
    leave_of_ann(world)
    put_on_call(world, world.ann, starts_at=world.now, ends_at=world.now + DAY, at=world.now)
    plan_leave(world.pat, starts_at=world.now, ends_at=world.now + DAY, deputy=world.ann, by=world.pat, at=world.now)
    prove_number(world)
    gone = [world.uma, world.ann, world.esi]
    for person in gone:
        end_account(person, by=world.gil, at=world.now)
        return_person(person, by=world.gil, at=world.now)
    uma, ann, esi = (User.objects.get(pk=person.pk) for person in gone)
    later = world.now + timedelta(seconds=1)
    assert not Circle.objects.visible_to(uma).exists()
    assert not Membership.objects.filter(volunteer__user=uma, left_at=None).exists()
    assert not Circle.objects.visible_to(ann).exists()
    assert not CoreMember.objects.visible_to(ann).exists()
    assert not OnCallShift.objects.agreed().filter(person=ann, ends_at__gt=later).exists()
    assert not ann.leave.not_cancelled().filter(ends_at__gt=later).exists()
    assert not ann.covers.exists()
    assert not hasattr(ann, "mobile")
    assert not esi.groups.exclude(name__in=Role.values).exists()
    assert not CoreMember.objects.filter(practitioner=esi).exists()


def test_anns_circles_are_hanas_when_the_technician_ends_her_account_and_hana_is_told(world: World) -> None:
    end_account(world.ann, by=world.gil, at=world.now)
    ely = Circle.objects.get(pk=world.ely.pk)
    assert (ely.coordinator, ely.core_member.coordinator) == (world.hana, world.hana)
    assert Alert.objects.inbox().filter(recipient=world.hana, link=ely.get_absolute_url()).exists()


def test_who_ends_an_account_takes_its_circles_over(world: World) -> None:
    give_app(world.pat)
    end_account(world.pat, by=world.hana, at=world.now)
    assert Circle.objects.get(pk=world.wisbech.pk).coordinator == world.hana


def test_a_wrong_code_for_a_number_is_written_down_too(world: World) -> None:
    give_number("07700 900123", by=world.ann, at=world.now)
    with pytest.raises(Refused):
        verify_number("000000", by=world.ann, at=world.now)
    assert AccountEvent.objects.filter(person=world.ann, change=Change.NUMBER_TRIED).exists()
