"""Every session has an end: by itself when idle or old, at once when access ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import end_account, return_person, suspend_person
from accounts.sessions import public_name_of, sessions_of
from tests.accounts.signing import current_code, give_app, give_code, give_password, is_signed_in
from tests.conftest import sign_in
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
AsPerson = Callable[[User], Client]
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)


def set_clock_to(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def stays_busy(client: Client, since: datetime, until: datetime) -> None:
    """Open a page every quarter of an hour."""
    while since < until:
        since += 15 * MINUTES
        with set_clock_to(min(since, until)):
            client.get(reverse("accounts:me"))


def test_after_twenty_idle_minutes_ben_is_signed_out_told_why_and_brought_back(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.ben)
    with set_clock_to(world.now + 19 * MINUTES):
        assert is_signed_in(client)
    with set_clock_to(world.now + 40 * MINUTES):
        answer = client.get(reverse("accounts:me") + "?page=2", follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('account_login')}?next=/people/me/%3Fpage%3D2"
    assert "nothing happened here for 20 minutes" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_reading_keeps_ben_signed_in_but_writes_at_most_once_a_minute(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.ben)
    seen = client.session["session_last_seen"]
    with set_clock_to(world.now + 50 * timedelta(seconds=1)):
        assert is_signed_in(client)
        assert client.session["session_last_seen"] == seen
    with set_clock_to(world.now + 2 * MINUTES):
        assert is_signed_in(client)
        assert client.session["session_last_seen"] > seen


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.esi)
    for minutes in range(5, 25, 5):
        with set_clock_to(world.now + minutes * MINUTES):
            client.get(reverse("accounts:me"), headers={"Sec-Fetch-Dest": "empty"})
    with set_clock_to(world.now + 21 * MINUTES):
        assert not is_signed_in(client)


def test_saying_stay_starts_the_idle_clock_again(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.ben)
    with set_clock_to(world.now + 19 * MINUTES):
        assert client.post(reverse("accounts:stay")).status_code == 204
    with set_clock_to(world.now + 38 * MINUTES):
        assert is_signed_in(client)


def test_a_volunteers_session_lasts_twelve_hours_however_busy(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.ben)
    stays_busy(client, world.now, world.now + 12 * HOURS)
    with set_clock_to(world.now + 12 * HOURS):
        assert is_signed_in(client)
    with set_clock_to(world.now + 12 * HOURS + MINUTES):
        answer = client.get(reverse("accounts:me"), follow=True)
    assert "a session lasts 12 hours" in answer.content.decode()


def test_a_coordinators_session_lasts_eight(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.ann)
    stays_busy(client, world.now, world.now + 8 * HOURS)
    with set_clock_to(world.now + 8 * HOURS):
        assert is_signed_in(client)
    with set_clock_to(world.now + 8 * HOURS + MINUTES):
        assert not is_signed_in(client)


def test_a_session_without_a_beginning_is_over(world: World, as_person: AsPerson) -> None:
    client = as_person(world.ben)
    session = client.session
    del session["session_began"]
    session.save()
    assert not is_signed_in(client)


def test_a_script_is_told_401_and_never_given_a_page_it_could_take_for_success(world: World) -> None:
    with set_clock_to(world.now):
        client = sign_in(Client(), world.ben)
    with set_clock_to(world.now + HOURS):
        answer = client.post(reverse("accounts:stay"), headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401


def test_signing_out_clears_what_the_browser_kept(world: World, as_person: AsPerson) -> None:
    client = as_person(world.ben)
    assert "Clear-Site-Data" not in client.get(reverse("accounts:me")).headers
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(client)


def test_suspending_ben_ends_every_session_and_none_comes_back_when_he_returns(
    world: World, as_person: AsPerson
) -> None:
    telephone, laptop = as_person(world.ben), as_person(world.ben)
    assert is_signed_in(telephone)
    suspend_person(world.ben, by=world.hana, at=world.now)
    assert not is_signed_in(telephone)
    return_person(world.ben, by=world.hana, at=world.now)
    assert not is_signed_in(telephone)
    assert not is_signed_in(laptop)
    assert is_signed_in(as_person(User.objects.get(pk=world.ben.pk)))


def test_leaving_ends_every_session_and_the_old_cookie_stays_dead(world: World, as_person: AsPerson) -> None:
    client, others = as_person(world.ben), as_person(world.tom)
    end_account(world.ben, by=world.hana, at=world.now)
    return_person(world.ben, by=world.hana, at=world.now)
    assert not is_signed_in(client)
    assert is_signed_in(others)


def test_a_session_half_signed_in_ends_too(world: World) -> None:
    wren, client = PersonFactory(), Client()
    secret = give_app(wren)
    give_password(client, wren)
    suspend_person(wren, by=world.hana, at=world.now)
    return_person(wren, by=world.hana, at=world.now)
    give_code(client, current_code(secret))
    assert not is_signed_in(client)


def test_sessions_known_to_the_list_of_sessions_end_as_well(world: World) -> None:
    wren, client = PersonFactory(), Client()
    secret = give_app(wren)
    give_password(client, wren)
    give_code(client, current_code(secret))
    assert UserSession.objects.filter(user=wren).count() == 1
    suspend_person(wren, by=world.hana, at=world.now)
    assert not UserSession.objects.filter(user=wren).exists()
    assert not Session.objects.filter(session_key=client.session.session_key).exists()


def signed_in_twice() -> tuple[User, Client, Client]:
    wren, clients = PersonFactory(), []
    secret = give_app(wren)
    for minutes in (0, 1):
        with time_machine.travel(datetime.now().astimezone() + minutes * MINUTES, tick=False):
            clients.append(Client(headers={"user-agent": f"Browser {minutes}"}))
            give_password(clients[-1], wren)
            give_code(clients[-1], current_code(secret))
    return wren, clients[0], clients[1]


def test_wren_sees_two_sessions_and_ends_the_other_one(world: World) -> None:
    wren, lost, here = signed_in_twice()
    page = here.get(reverse("accounts:me")).content.decode()
    assert "Browser 0" in page
    assert "This one" in page
    other = next(each for each in sessions_of(wren) if each.session_key == lost.session.session_key)
    assert other.session_key not in page
    here.post(reverse("accounts:end_session", args=[public_name_of(other)]))
    assert not is_signed_in(lost)
    assert is_signed_in(here)


def test_nobody_ends_the_session_of_somebody_else(world: World, as_person: AsPerson) -> None:
    wren, first, _ = signed_in_twice()
    name = public_name_of(sessions_of(wren)[0])
    assert as_person(world.ben).post(reverse("accounts:end_session", args=[name])).status_code == 404
    assert is_signed_in(first)


def test_a_new_password_ends_the_other_session(world: World) -> None:
    _, elsewhere, here = signed_in_twice()
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    new = "walnut saddle quiet eleven"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not is_signed_in(elsewhere)


def test_no_name_in_the_tables_is_a_cookie(world: World) -> None:
    """Whoever reads the tables of sessions is nobody."""
    wren, client = PersonFactory(), Client()
    secret = give_app(wren)
    give_password(client, wren)
    give_code(client, current_code(secret))
    assert is_signed_in(client)
    cookie = client.cookies["sessionid"].value
    names = {*Session.objects.values_list("session_key", flat=True)}
    names |= {*UserSession.objects.values_list("session_key", flat=True)}
    assert cookie not in names
    for name in names:
        thief = Client()
        thief.cookies["sessionid"] = name
        assert not is_signed_in(thief)


def test_a_session_copied_to_another_row_is_no_session(world: World, as_person: AsPerson) -> None:
    """Somebody who can write the table puts Ben's session where his own was."""
    hers, his = as_person(world.ben), Client()
    his.get(reverse("account_login"))
    own = his.session
    own.save()
    taken = Session.objects.get(session_key=hers.session.session_key)
    Session.objects.filter(session_key=own.session_key).update(session_data=taken.session_data)
    assert is_signed_in(hers)
    assert not is_signed_in(his)


def test_signing_in_gives_another_cookie(world: World) -> None:
    client = Client()
    before = client.session.cookie
    client.force_login(world.ben)
    assert client.cookies["sessionid"].value != before


def test_somebody_adding_their_second_factor_is_not_told_that_they_are_signed_out(world: World) -> None:
    client = Client()
    client.force_login(world.tom)
    for name in ("accounts:stay", "accounts:me"):
        answer = client.post(reverse(name), headers={"Sec-Fetch-Dest": "empty"})
        assert answer.status_code != 401, name
    assert client.post(reverse("accounts:stay"), headers={"Sec-Fetch-Dest": "empty"}).status_code == 204
    assert Client().post(reverse("accounts:stay"), headers={"Sec-Fetch-Dest": "empty"}).status_code == 401


def test_a_script_that_sent_a_form_is_told_where_to_go_and_the_next_page_is_opened_once(
    world: World, as_person: AsPerson
) -> None:
    asked = {"Sec-Fetch-Dest": "empty", "X-Leads-On": "yes"}
    told = as_person(world.hana).post(
        reverse("accounts:add_agency"), {"name": "Fenland Probation", "kind": "probation"}, headers=asked
    )
    assert (told.status_code, told.headers["Leads-On"]) == (204, reverse("accounts:agencies"))
