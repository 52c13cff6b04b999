"""Names and e-mail addresses change: by whoever keeps accounts, or by oneself; both addresses are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.access import Role
from accounts.mail import POSTMAN
from accounts.models import AccountEvent, AddressChange, FormerName, Invitation, Proposal, User
from accounts.operations import (
    agree_to_proposal,
    ask_for_address,
    change_address,
    change_name,
    confirm_address,
    correct_invitation,
    find_address_change,
    find_invitation,
    invite_person,
)
from alerts.message.models import Alert
from circles.redaction.names import redaction_for
from core.errors import Refused
from tests.world import World

As = Callable[[User], Client]
Letters = Callable[[Callable[[], object]], list[tuple[str, str]]]


@pytest.fixture
def letters(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Letters:
    """Does something; to whom mail went because of it, and its words."""

    def posted(act: Callable[[], object]) -> list[tuple[str, str]]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        POSTMAN.submit(lambda: None).result()
        return [(letter.to[0], letter.body) for letter in mail.outbox[before:]]

    return posted


def token_in(words: str) -> str:
    return next(word for word in words.split() if "/join/" in word).strip("/").split("/")[-1]


def test_hana_changes_uma_desais_name_and_uma_and_ann_are_told(world: World) -> None:
    change_name(world.uma, full_name="Uma Trent", first_name="Uma", by=world.hana, at=world.now)
    assert User.objects.get(pk=world.uma.pk).full_name == "Uma Trent"
    event = AccountEvent.objects.latest("pk")
    told = Alert.objects.filter(key__startswith=f"account:{event.pk}").values_list("recipient__first_name", flat=True)
    assert (event.change, {"Uma", "Ann"} <= set(told)) == ("name_changed", True)


def test_umas_former_name_is_still_left_out_of_what_agencies_are_sent(world: World) -> None:
    change_name(world.uma, full_name="Uma Trent", first_name="Umi", by=world.hana, at=world.now)
    copy = redaction_for(world.ely)
    for words in ("Uma was late.", "Umi was late.", "Mrs Desai rang.", "Mrs Trent rang."):
        assert str(copy.read(words)) != words
    assert FormerName.objects.get().full_name == "Uma Desai"


def test_ben_says_what_people_call_him_but_his_full_name_was_checked(world: World, as_person: As) -> None:
    ben = as_person(world.ben)
    assert ben.post(reverse("accounts:change_called"), {"first_name": "Benny"}).status_code == 302
    assert User.objects.get(pk=world.ben.pk).first_name == "Benny"
    with pytest.raises(Refused, match="it was checked"):
        change_name(world.ben, full_name="Ben Smith", first_name="Ben", by=world.ben, at=world.now)


@pytest.mark.parametrize("name", ["ann", "fay", "tom", "esi"])
def test_nobody_else_changes_bens_name_or_address(name: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        change_name(world.ben, first_name="Benny", by=world.people[name], at=world.now)
    with pytest.raises(PermissionDenied):
        change_address(world.ben, email="b@example.org", by=world.people[name], at=world.now)


def test_gil_changes_bens_address_at_once_and_both_addresses_are_told(world: World, letters: Letters) -> None:
    posted = letters(lambda: change_address(world.ben, email="Ben.New@example.org", by=world.gil, at=world.now))
    assert [to for to, _ in posted] == ["ben@example.org", "ben.new@example.org"]
    assert all("Ben" not in words and "circle" not in words.lower() for _, words in posted)
    ben = User.objects.get(pk=world.ben.pk)
    assert ben.email == EmailAddress.objects.get(user=ben, primary=True, verified=True).email == "ben.new@example.org"


def test_an_address_that_somebody_has_is_refused_to_whoever_sees_every_account(world: World) -> None:
    with pytest.raises(Refused, match="has an account already"):
        change_address(world.ben, email="ESI@example.org", by=world.hana, at=world.now)


def test_bens_own_new_address_counts_when_he_pressed_its_link(world: World, letters: Letters) -> None:
    posted = letters(lambda: ask_for_address(email="new@example.org", by=world.ben, at=world.now))
    assert [to for to, _ in posted] == ["ben@example.org", "new@example.org"]
    assert User.objects.get(pk=world.ben.pk).email == "ben@example.org"
    asked = find_address_change(token_in(posted[1][1]), at=world.now)
    assert asked is not None
    posted = letters(lambda: confirm_address(asked, at=world.now))
    assert [to for to, _ in posted] == ["ben@example.org", "new@example.org"]
    assert User.objects.get(pk=world.ben.pk).email == "new@example.org"
    with pytest.raises(Refused, match="This link was used"):
        confirm_address(asked, at=world.now)


def test_the_link_dies_after_a_day_and_when_another_is_sent(world: World, letters: Letters) -> None:
    first = token_in(letters(lambda: ask_for_address(email="one@example.org", by=world.ben, at=world.now))[1][1])
    second = token_in(letters(lambda: ask_for_address(email="two@example.org", by=world.ben, at=world.now))[1][1])
    assert find_address_change(first, at=world.now) is None
    assert find_address_change(second, at=world.now) is not None
    assert find_address_change(second, at=world.now + timedelta(hours=25)) is None


def test_ben_does_not_learn_that_esi_has_an_account(world: World, as_person: As, letters: Letters) -> None:
    def answer(email: str) -> tuple[int, str]:
        page = as_person(world.ben).post(reverse("accounts:change_own_address"), {"email": email})
        return page.status_code, page["Location"]

    posted = letters(lambda: answer("esi@example.org"))
    assert [to for to, _ in posted] == ["ben@example.org", "esi@example.org"]
    assert "/join/" not in posted[1][1]
    assert answer("esi@example.org") == answer("nobody.yet@example.org")
    assert not AddressChange.objects.filter(email="esi@example.org").exists()


def test_the_link_opens_signed_out_and_needs_a_press(world: World, client: Client, letters: Letters) -> None:
    words = letters(lambda: ask_for_address(email="new@example.org", by=world.ben, at=world.now))[1][1]
    page = reverse("accounts:confirm_address", args=[token_in(words)])
    assert "new@example.org" in client.get(page).content.decode()
    assert User.objects.get(pk=world.ben.pk).email == "ben@example.org"
    assert client.post(page).status_code == 302
    assert User.objects.get(pk=world.ben.pk).email == "new@example.org"
    assert client.post(page).status_code == 404


def invite(world: World, role: Role, *, by: User, email: str) -> Invitation:
    sent = invite_person(
        email=email, full_name="Nell Harrow", role=role, agency=by.agency, area=None, by=by, at=world.now
    )
    assert sent is not None
    return sent


def test_anns_invitation_went_to_a_wrong_address_and_goes_to_the_right_one(world: World, letters: Letters) -> None:
    wrong = letters(lambda: invite(world, Role.VOLUNTEER, by=world.ann, email="nel@example.org"))[0]
    first = Invitation.objects.get()
    right = letters(lambda: correct_invitation(first, email="nell@example.org", by=world.ann, at=world.now))
    assert [to for to, _ in right] == ["nell@example.org"]
    assert find_invitation(token_in(wrong[1]), at=world.now) is None
    found = find_invitation(token_in(right[0][1]), at=world.now)
    assert found is not None
    assert (found.full_name, found.role, found.email) == ("Nell Harrow", "volunteer", "nell@example.org")


def test_an_invitation_to_lead_that_was_agreed_to_is_agreed_to_again_for_another_address(world: World) -> None:
    sent = invite(world, Role.DIRECTOR, by=world.hana, email="zed@example.org")
    agree_to_proposal(Proposal.objects.get(), by=world.fay, at=world.now)
    anew = correct_invitation(sent, email="hana.other@example.org", by=world.hana, at=world.now)
    assert anew is not None
    assert anew.waits
    assert not Invitation.objects.usable(world.now).exists()


def test_pat_does_not_put_anns_invitation_right(world: World) -> None:
    sent = invite(world, Role.VOLUNTEER, by=world.ann, email="nel@example.org")
    with pytest.raises(PermissionDenied):
        correct_invitation(sent, email="nell@example.org", by=world.pat, at=world.now)
    with pytest.raises(Refused, match="That is the address it went to"):
        correct_invitation(sent, email="Nel@example.org", by=world.ann, at=world.now)


def test_ann_puts_it_right_on_the_page_of_people(world: World, as_person: As) -> None:
    sent = invite(world, Role.VOLUNTEER, by=world.ann, email="nel@example.org")
    page = reverse("accounts:correct_invitation", args=[sent.pk])
    ann = as_person(world.ann)
    assert f'href="{page}"' in ann.get(reverse("accounts:people")).content.decode()
    assert ann.post(page, {"email": "nell@example.org"}).status_code == 302
    assert [each.email for each in Invitation.objects.usable(world.now)] == ["nell@example.org"]
