"""What an agency is told: two people, the exact words, an answer; and what the database keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from alerts.message.models import Alert
from audit.models import Act, Entry
from concerns.choices import Level
from concerns.share.choices import Method, Told
from concerns.share.models import Share
from concerns.share.operations import (
    approve_share,
    chase_share,
    decide_not_to_share,
    recall_share,
    record_failure,
    send_share,
)
from concerns.share.reply_operations import acknowledge_share
from concerns.worklist import work_of
from core.errors import MoveNotAllowed, Refused
from tests.concerns.engine.raising import worry
from tests.concerns.reading import As, concern_by
from tests.concerns.share.sharing import TOLD, TYPED, esi, share_for_esi
from tests.owner import let_app_change
from tests.world import World


def sent_share(world: World, level: Level = Level.URGENT) -> Share:
    share = share_for_esi(world, level=level)
    if share.status == Share.Status.PROPOSED:
        approve_share(share, by=world.hana, at=world.now)
    return send_share(share, by=world.ann, at=world.now)


def titles(person: object, world: World, later: timedelta = timedelta()) -> list[str]:
    return [item.title for item in work_of(person, world.now + later) if "/shares/" in item.url]  # type: ignore[arg-type]


def test_ann_may_not_approve_her_own_words_and_reads_whom_to_ask(world: World, as_person: As) -> None:
    share = share_for_esi(world)
    with pytest.raises(PermissionDenied, match="its author may not"):
        approve_share(share, by=world.ann, at=world.now)
    anns, hanas = (as_person(one).get(share.get_absolute_url()).content.decode() for one in (world.ann, world.hana))
    assert "Somebody else must approve it before it is sent" in anns
    assert "Approve it" not in anns
    assert "Approve it" in hanas
    assert "Somebody else must approve it before it is sent" not in hanas


def test_nothing_goes_before_a_second_person_has_read_it(world: World) -> None:
    with pytest.raises(MoveNotAllowed):
        send_share(share_for_esi(world), by=world.ann, at=world.now)


def test_an_immediate_one_waits_for_nobody(world: World) -> None:
    share = share_for_esi(world, level=Level.IMMEDIATE)
    assert share.status == Share.Status.APPROVED
    assert send_share(share, by=world.ann, at=world.now).sent_at == world.now


def test_esi_reads_exactly_the_words_and_answers(world: World, as_person: As) -> None:
    share = sent_share(world)
    page = as_person(world.esi).get(share.get_absolute_url()).content.decode()
    assert TOLD["text"] in page
    assert "OFFICIAL-SENSITIVE · opened by" in page
    for kept in (TOLD["purpose"], TOLD["necessity"], TOLD["told_why"], "Ben", "Farrowby"):
        assert kept not in page
    acknowledge_share(share, their_plan="Visit at eleven.", their_reference="CC-1", by=world.esi, at=world.now)
    share.refresh_from_db()
    assert (share.status, share.their_plan, share.their_reference) == ("acknowledged", "Visit at eleven.", "CC-1")
    assert "Visit at eleven." in as_person(world.ann).get(share.get_absolute_url()).content.decode()


def test_esi_sees_nothing_before_it_is_sent_nor_after_thirty_days_nor_once_recalled(world: World) -> None:
    share = share_for_esi(world)
    assert not Share.objects.visible_to(world.esi).exists()
    approve_share(share, by=world.hana, at=world.now)
    share = send_share(share, by=world.ann, at=world.now)
    assert list(Share.objects.visible_to(world.esi)) == [share]
    Share.objects.filter(pk=share.pk).update(sent_at=world.now - timedelta(days=31))
    assert not Share.objects.visible_to(world.esi).exists()
    Share.objects.filter(pk=share.pk).update(sent_at=world.now)
    recall_share(share, reason="The wrong person.", by=world.ann, at=world.now)
    assert not Share.objects.visible_to(world.esi).exists()
    assert Alert.objects.filter(key__startswith=f"{share.reference}:recalled", recipient=world.esi).exists()


def test_a_share_of_a_concern_about_ann_is_nothing_to_ann(world: World, as_person: As) -> None:
    about_ann = concern_by(world, world.ben, about=world.ann)
    share = share_for_esi(world, about_ann, by=world.hana)
    assert not Share.objects.visible_to(world.ann).exists()
    assert as_person(world.ann).get(share.get_absolute_url()).status_code == 404
    assert titles(world.ann, world) == []
    with pytest.raises(PermissionDenied):
        approve_share(share, by=world.ann, at=world.now)


def test_ben_who_raised_it_sees_no_share_of_it(world: World) -> None:
    sent_share(world)
    assert not Share.objects.visible_to(world.ben).exists()
    assert not Share.objects.visible_to(world.oz).exists()


def test_it_is_said_why_he_is_not_told(world: World) -> None:
    with pytest.raises(Refused, match="why he is not told"):
        share_for_esi(world, told_core_member=Told.LATER, told_why=" ")
    assert share_for_esi(world, told_core_member=Told.YES, told_why="").pk


def test_reading_here_needs_an_account(world: World) -> None:
    with pytest.raises(Refused, match="Choose somebody with an account"):
        share_for_esi(world, method=Method.HERE, other_recipient=esi(world, account=False))


@pytest.mark.parametrize("field", ["text", "text_hash", "recipient_name", "purpose", "necessity", "told_why"])
def test_the_database_refuses_to_change_what_was_approved(world: World, field: str) -> None:
    share = sent_share(world)
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Share.objects.filter(pk=share.pk).update(**{field: "Something else."})


def test_the_database_refuses_to_forget_it(world: World) -> None:
    let_app_change("concerns_share")
    share = sent_share(world)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Share.objects.filter(pk=share.pk)._raw_delete("default")


def test_words_that_are_not_those_written_are_pointed_out(world: World, as_person: As) -> None:
    share = share_for_esi(world)
    assert share.is_as_sent
    assert "Unchanged since it was written" in as_person(world.ann).get(share.get_absolute_url()).content.decode()
    Share.objects.filter(pk=share.pk).update(text="Other words.")
    share.refresh_from_db()
    assert not share.is_as_sent
    assert "Tell the data-protection lead now" in as_person(world.ann).get(share.get_absolute_url()).content.decode()


def test_a_correction_replaces_it_and_keeps_it(world: World) -> None:
    wrong = sent_share(world)
    right = share_for_esi(world, wrong.concern, text="He was seen with one boy.", corrects=wrong)
    wrong.refresh_from_db()
    assert wrong.status == Share.Status.SENT
    approve_share(right, by=world.hana, at=world.now)
    send_share(right, by=world.ann, at=world.now)
    wrong.refresh_from_db()
    assert (wrong.status, wrong.text) == (Share.Status.CORRECTED, TOLD["text"])
    assert wrong.reason == f"Corrected by {right.reference}."


@pytest.mark.parametrize("act", [record_failure, recall_share])
def test_what_ends_it_needs_a_reason(world: World, act: object) -> None:
    with pytest.raises(Refused, match="Say why"):
        act(sent_share(world), reason=" ", by=world.ann, at=world.now)  # type: ignore[operator]


def test_deciding_not_to_tell_is_kept_with_its_reason(world: World) -> None:
    share = decide_not_to_share(share_for_esi(world), reason="They know already.", by=world.hana, at=world.now)
    assert (share.status, share.reason) == (Share.Status.NOT_SHARED, "They know already.")
    assert Entry.objects.filter(reference=share.reference, note="decided not to share").exists()


def test_who_is_waited_for_at_each_step(world: World) -> None:
    share = share_for_esi(world)
    assert titles(world.hana, world) == ["Read this before it is sent"]
    assert titles(world.ann, world) == titles(world.esi, world) == []
    approve_share(share, by=world.hana, at=world.now)
    assert titles(world.ann, world) == ["Approved: tell them"]
    share = send_share(share, by=world.ann, at=world.now)
    assert titles(world.esi, world) == ["Sent to you: say that you have it"]
    assert titles(world.ann, world) == []
    assert titles(world.ann, world, timedelta(days=8)) == ["No answer from the agency: chase it"]
    chase_share(share, spoken_to="The desk.", by=world.ann, at=world.now + timedelta(days=8))
    assert titles(world.ann, world, timedelta(days=8)) == []
    record_failure(share, reason="Bounced.", by=world.ann, at=world.now)
    assert titles(world.ann, world) == ["It did not arrive: find another way"]


def test_an_answer_to_an_immediate_one_is_wanted_in_four_hours_of_any_day(world: World) -> None:
    assert sent_share(world, Level.IMMEDIATE).answer_due_at == world.now + timedelta(hours=4)


def test_sending_and_taking_the_text_away_are_in_the_trail(world: World, as_person: As) -> None:
    share = sent_share(world)
    text = as_person(world.esi).get(f"{share.get_absolute_url()}text/")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert TOLD["text"] in text.content.decode()
    acts = set(Entry.objects.filter(reference=share.reference).values_list("act", "actor__first_name"))
    assert (Act.SHARED, world.ann.first_name) in acts
    assert (Act.EXPORTED, world.esi.first_name) in acts


def test_what_was_typed_is_still_there_when_something_is_missing(world: World, as_person: As) -> None:
    concern = worry(world)
    page = as_person(world.ann).post(f"/concerns/{concern.reference}/tell/", {**TYPED, "gateway": ""})
    assert page.status_code == 200
    assert TOLD["necessity"] in page.content.decode()
    assert "govuk-error-summary" in page.content.decode()
