"""Trying to get in as somebody is told and keeps nobody out; what lasts asks for a fresh proof; the last factor stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import AccountEvent, Change, User
from alerts.leave.models import Leave
from tests.accounts.signing import current_code, give_app, give_code, give_passkey, give_password, is_signed_in
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.world import World

As = Callable[[User], Client]
pytestmark = pytest.mark.django_db(databases=["default", "cache"])

LASTING = {
    "accounts:add_agency",
    "accounts:agree_to_proposal",
    "accounts:change_address",
    "accounts:change_called",
    "accounts:change_name",
    "accounts:change_own_address",
    "accounts:correct_invitation",
    "accounts:end",
    "accounts:invite",
    "accounts:join_team",
    "accounts:recover",
    "accounts:restore",
    "accounts:roles",
    "accounts:suspend",
    "accounts:take_role",
    "alerts:cancel_leave",
    "alerts:mobile",
    "alerts:mobile_remove",
    "alerts:plan_leave",
    "circles:coordinator",
    "circles:my_calendar",
    "concerns:agree_to_shift",
    "concerns:cancel_shift",
    "concerns:grant_queue",
    "concerns:identity",
    "concerns:plan_shift",
    "offenders:identity",
    "offenders:referral_identity",
}


def try_wrong_passwords(person: User, tries: int, start: int = 1) -> None:
    """Wrong passwords, each from another address."""
    for number in range(start, start + tries):
        Client(REMOTE_ADDR=f"10.0.{number // 200}.{number % 200 + 1}").post(
            reverse("account_login"), {"login": person.email, "password": "wrong wrong wrong wrong"}
        )


def test_the_person_on_call_comes_in_however_many_try_from_elsewhere(db: None) -> None:
    wren = PersonFactory()
    secret = give_app(wren)
    mine = Client()
    give_password(mine, wren)
    give_code(mine, current_code(secret))
    assert is_signed_in(mine)
    mine.post(reverse("account_logout"))
    try_wrong_passwords(wren, 60)
    with time_machine.travel(timedelta(minutes=2) + timezone.now()):
        give_password(mine, wren)
        give_code(mine, current_code(secret))
        assert is_signed_in(mine)
        stranger = Client(REMOTE_ADDR="10.9.9.9")
        assert "Too many tries" in give_password(stranger, wren, PASSWORD).content.decode()


def test_five_from_one_place_keep_out_that_place_and_no_other(db: None) -> None:
    wren = PersonFactory()
    give_app(wren)
    attacker, office = Client(REMOTE_ADDR="10.1.1.1"), Client(REMOTE_ADDR="10.1.1.2")
    for _ in range(6):
        give_password(attacker, wren, "wrong wrong wrong wrong")
    assert "Too many tries" in give_password(attacker, wren).content.decode()
    assert give_password(office, wren).status_code == 302


def test_who_is_tried_five_times_is_told_once_an_hour(world: World) -> None:
    try_wrong_passwords(world.ann, 12)
    assert AccountEvent.objects.filter(person=world.ann, change=Change.TRIED).count() == 1


def test_every_act_that_lasts_asks_for_a_fresh_proof_and_goes_on_by_itself(world: World, as_person: As) -> None:
    hana = as_person(world.hana)
    sent = {"starts_at": "2026-07-01T09:00", "ends_at": "2026-07-03T09:00", "deputy": ""}
    address = reverse("alerts:plan_leave", args=[world.hana.reference])
    secret = give_app(world.hana)
    with time_machine.travel(world.now + timedelta(minutes=10)):
        answer = hana.post(address, sent)
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
        assert not Leave.objects.exists()
        way = reverse("mfa_reauthenticate") + "?next=" + address
        answer = hana.post(way, {"code": current_code(secret)})
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        assert Leave.objects.get().person == world.hana


def names_of_proof_pages(resolver: URLResolver, space: str = "") -> set[str]:
    """The names of the addresses whose act asks for a fresh proof."""
    found: set[str] = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found |= names_of_proof_pages(one, one.namespace or space)
        elif getattr(one.callback, "needs_fresh_proof", False):
            found.add(f"{space}:{one.name}")
    return found


def test_those_acts_are_these() -> None:
    assert names_of_proof_pages(get_resolver()) == LASTING


@pytest.mark.django_db(transaction=True, databases=["default", "cache"])
def test_two_removals_at_once_leave_one_factor() -> None:
    wren = PersonFactory()
    give_app(wren)
    give_passkey(wren)
    both = list(Authenticator.objects.filter(user=wren))
    together, refused = threading.Barrier(2), []

    def remove(factor: Authenticator) -> None:
        try:
            with transaction.atomic():
                together.wait()
                factor.delete()
        except PermissionDenied:
            refused.append(factor.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=[factor]) for factor in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == Authenticator.objects.filter(user=wren).count() == 1
