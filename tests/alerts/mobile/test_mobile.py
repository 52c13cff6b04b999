"""Giving a mobile number, and proving it with the code that came to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from alerts.mobile.models import Mobile
from alerts.mobile.operations import _international_number_of, give_number, remove_number, verify_number
from core.errors import Refused
from tests.notify_server import NotifyServer, notify_server
from tests.world import World

As = Callable[[User], Client]
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 7700 900-123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("+353 87 123 4567", "+353871234567"),
    ],
)
def test_a_number_may_be_written_as_people_write_it(written: str, dialled: str) -> None:
    assert _international_number_of(written) == dialled


@pytest.mark.parametrize("written", ["01223 900123", "nonsense", "+44", "077009001234", "", "+0123456789"])
def test_what_is_no_mobile_number_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Refused, match="07700 900123"):
        _international_number_of(written)


def test_the_database_keeps_no_number_that_cannot_be_dialled(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Mobile.objects.create(person=world.ann, number="07700900123", given_at=world.now)


def code_for_number(notify: NotifyServer, world: World, run: Any, at: datetime | None = None) -> str:
    """Ann gives her number; the code that comes."""
    with run(execute=True):
        give_number("07700 900123", by=world.ann, at=at or world.now)
    found = re.match(r"([0-9]{6}) is your code", notify.to("+447700900123")[-1])
    assert found is not None
    return found[1]


def test_the_code_that_came_proves_the_number_once(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code = code_for_number(notify, world, django_capture_on_commit_callbacks)
    assert not Mobile.objects.verified().exists()
    assert verify_number(f" {code} ", by=world.ann, at=world.now + MINUTE).verified_at == world.now + MINUTE
    with pytest.raises(Refused, match="no code"):
        verify_number(code, by=world.ann, at=world.now + 2 * MINUTE)


def test_what_is_kept_is_not_the_code(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code = code_for_number(notify, world, django_capture_on_commit_callbacks)
    assert code not in Mobile.objects.get(person=world.ann).code_hash


def test_a_code_lasts_a_quarter_of_an_hour(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code = code_for_number(notify, world, django_capture_on_commit_callbacks)
    with pytest.raises(Refused, match="no code"):
        verify_number(code, by=world.ann, at=world.now + 15 * MINUTE)


def test_five_wrong_codes_spend_it(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code = code_for_number(notify, world, django_capture_on_commit_callbacks)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(4):
        with pytest.raises(Refused, match="not the code"):
            verify_number(wrong, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Too many"):
        verify_number(wrong, by=world.ann, at=world.now)
    with pytest.raises(Refused, match="no code"):
        verify_number(code, by=world.ann, at=world.now)


def test_bens_code_is_not_anns(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code = code_for_number(notify, world, django_capture_on_commit_callbacks)
    with pytest.raises(Refused):
        verify_number(code, by=world.ben, at=world.now)


def test_one_code_a_minute(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code_for_number(notify, world, django_capture_on_commit_callbacks)
        with pytest.raises(Refused, match="less than a minute"):
            give_number("07700 900124", by=world.ann, at=world.now + timedelta(seconds=59))
        code_for_number(notify, world, django_capture_on_commit_callbacks, at=world.now + MINUTE)


def test_five_codes_a_day_even_to_somebody_who_forgets_the_number_between(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    noon = world.now.replace(hour=12)
    with notify_server() as notify:
        for minutes in range(5):
            code_for_number(notify, world, django_capture_on_commit_callbacks, at=noon + minutes * MINUTE)
        remove_number(by=world.ann, at=noon + 5 * MINUTE)
        with pytest.raises(Refused, match="Five codes"):
            give_number("07700 900123", by=world.ann, at=noon + 6 * MINUTE)
        code_for_number(notify, world, django_capture_on_commit_callbacks, at=noon + timedelta(days=1))


def test_a_new_number_is_not_used_before_it_is_proved(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code = code_for_number(notify, world, django_capture_on_commit_callbacks)
        verify_number(code, by=world.ann, at=world.now)
        give_number("07700 900555", by=world.ann, at=world.now + MINUTE)
    assert Mobile.objects.get(person=world.ann).verified_at is None


def test_a_notify_that_is_gone_breaks_no_page(
    world: World, as_person: As, django_capture_on_commit_callbacks: Any
) -> None:
    with notify_server(NOTIFY_ADDRESS="http://127.0.0.1:1"), django_capture_on_commit_callbacks(execute=True):
        page = as_person(world.ann).post("/alerts/telephone/", {"number": "07700 900123"})
    assert page["Location"] == "/alerts/telephone/code/"


def test_the_pages_walk_from_a_number_to_a_proved_one_and_back(
    world: World, as_person: As, django_capture_on_commit_callbacks: Any
) -> None:
    ann = as_person(world.ann)
    with notify_server() as notify, django_capture_on_commit_callbacks(execute=True):
        ann.post("/alerts/telephone/", {"number": "07700 900123"})
    code = notify.texts[0]["personalisation"]["message"][:6]
    assert (
        "not the code"
        in ann.post("/alerts/telephone/code/", {"code": "000000" if code != "000000" else "111111"}).content.decode()
    )
    assert ann.post("/alerts/telephone/code/", {"code": code})["Location"] == "/alerts/telephone/"
    page = ann.get("/alerts/telephone/").content.decode()
    assert "… 0123" in page
    assert "7700900123" not in page
    ann.post("/alerts/telephone/remove/")
    assert not Mobile.objects.exists()


def test_a_number_can_be_forgotten(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with notify_server() as notify:
        code_for_number(notify, world, django_capture_on_commit_callbacks)
    remove_number(by=world.ann, at=world.now)
    assert not Mobile.objects.exists()
