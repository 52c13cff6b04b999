"""A core member agrees to take part, may withdraw it, and what agencies are told does not rest on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Entry
from core.errors import Refused
from offenders.consent.models import Consent, ConsentText
from offenders.consent.operations import publish_consent_text, record_consent, withdraw_consent
from tests.circles.life.preparing import today
from tests.world import World

As = Callable[[User], Client]
DAY = timedelta(days=1)


def agree(world: World, **changes: object) -> Consent:
    given = {"version": 1, "given_on": today(world), "how": "signed", "by": world.ann, "at": world.now} | changes
    return record_consent(world.core_member, **given)  # type: ignore[arg-type]


def withdraw(world: World, **changes: object) -> list[Consent]:
    said = {"withdrawn_on": today(world), "words": "I have had enough.", "by": world.ann, "at": world.now} | changes
    return withdraw_consent(world.core_member, **said)  # type: ignore[arg-type]


def newer_text(world: World) -> ConsentText:
    return publish_consent_text(words="I take part.", easy_words="I join.", by=world.hana, at=world.now)


def test_ann_records_that_paul_agreed_and_it_is_in_the_trail(world: World) -> None:
    consent = agree(world, helped_by=" Ms Okafor, interpreter ")
    assert (consent.text.version, consent.helped_by) == (1, "Ms Okafor, interpreter")
    line = Entry.objects.filter(kind="consent", reference=consent.reference).latest("pk")
    assert (line.act, line.actor, line.note) == ("collected", world.ann, "consent text 1")


def test_he_agrees_once_to_a_text_and_again_to_a_newer_one(world: World) -> None:
    agree(world)
    with pytest.raises(Refused, match="agreed to this text already"):
        agree(world)
    with transaction.atomic(), pytest.raises(IntegrityError, match="consent_once_a_text"):
        Consent.objects.create(
            reference="CO-22222",
            core_member=world.core_member,
            text=ConsentText.objects.get(version=1),
            given_on=today(world),
            how="signed",
            recorded_at=world.now,
            recorded_by=world.ann,
        )
    newer_text(world)
    with pytest.raises(Refused, match="newer text since you opened this page"):
        agree(world)
    agree(world, version=2)
    assert Consent.objects.standing().count() == 2


def test_not_on_a_day_to_come_and_not_where_no_text_is_in_force(world: World) -> None:
    with pytest.raises(Refused, match="That day has not come yet") as refused:
        agree(world, given_on=today(world) + DAY)
    assert refused.value.field == "given_on"
    ConsentText.objects.update(published_on=today(world) + DAY)
    with pytest.raises(Refused, match="Ask a manager to publish one"):
        agree(world)


def test_he_withdraws_it_under_every_text_and_his_words_are_kept(world: World) -> None:
    agree(world)
    newer_text(world)
    agree(world, version=2)
    withdraw(world)
    assert not Consent.objects.standing().exists()
    assert set(Consent.objects.values_list("withdrawn_words", "withdrawn_by__first_name")) == {
        ("I have had enough.", "Ann")
    }
    with pytest.raises(Refused, match="No consent of his stands"):
        withdraw(world)


def test_a_withdrawal_is_of_a_day_between_the_consent_and_today(world: World) -> None:
    agree(world, given_on=today(world) - DAY)
    for day, words in ((today(world) + DAY, "not come yet"), (today(world) - 2 * DAY, "before he gave it")):
        with pytest.raises(Refused, match=words) as refused:
            withdraw(world, withdrawn_on=day)
        assert refused.value.field == "withdrawn_on"


def test_ann_is_told_when_hana_writes_down_that_he_withdrew_it(world: World) -> None:
    agree(world)
    withdraw(world, by=world.hana)
    told = Alert.objects.filter(key__startswith=f"{world.core_member.reference}:consent:")
    assert set(told.values_list("recipient__first_name", flat=True)) == {"Ann"}


def test_he_may_agree_again_after_he_withdrew_it(world: World) -> None:
    agree(world)
    withdraw(world)
    agree(world)
    assert Consent.objects.standing().count() == 1


def test_neither_ben_nor_esi_nor_another_coordinator_records_it(world: World) -> None:
    for person in (world.ben, world.esi, world.pat, world.gil):
        with pytest.raises(PermissionDenied):
            agree(world, by=person)
    agree(world)
    for person in (world.ben, world.esi, world.pat, world.gil):
        with pytest.raises(PermissionDenied):
            withdraw(world, by=person)


def test_only_a_manager_publishes_a_text_and_it_says_both(world: World) -> None:
    with pytest.raises(PermissionDenied):
        publish_consent_text(words="I take part.", easy_words="I join.", by=world.ann, at=world.now)
    with pytest.raises(Refused, match="Write the text") as refused:
        publish_consent_text(words="I take part.", easy_words=" ", by=world.hana, at=world.now)
    assert refused.value.field == "easy_words"


def test_the_page_says_what_stands_and_what_happens_if_he_withdraws_it(world: World, as_person: As) -> None:
    ann, page = as_person(world.ann), reverse("offenders:consent", args=[world.core_member.reference])
    assert "No consent of his stands" in ann.get(page).content.decode()
    agree(world, how="signed_easy")
    html = ann.get(page).content.decode()
    assert "He signed the text in easy words" in html
    assert "That never rested on his consent" in html
    withdraw(world)
    assert "I have had enough." in ann.get(page).content.decode()


def test_the_sheet_has_his_reference_and_each_easy_sentence_by_itself(world: World, as_person: As) -> None:
    html = as_person(world.ann).get(reverse("offenders:consent_sheet", args=["EE-2417-K"])).content.decode()
    text = ConsentText.objects.get(version=1)
    for sentence in text.easy_words.splitlines():
        assert f">{sentence}</p>" in html
    assert "EE-2417-K" in html
    assert "Paul" not in html


def test_where_no_consent_stands_the_page_says_so_and_offers_nothing_to_send(world: World, as_person: As) -> None:
    page = as_person(world.ann).get(reverse("offenders:withdraw_consent", args=["EE-2417-K"])).content.decode()
    assert "there is none to withdraw" in page
    assert "Write it down" not in page
