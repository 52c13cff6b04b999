"""The trail: written with the act, never changed, and read only by Jo."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import User
from audit.models import Act, Entry, WriteOnce
from audit.trail import looks_at, looks_within, write_entry
from tests.concerns.engine.raising import worry
from tests.owner import do_as_administrator
from tests.world import World

As = Callable[[User], Client]


def an_entry(world: World) -> Entry:
    return write_entry(Act.CONSULTED, world.ely, by=world.ann, at=world.now, within="C-0142")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET note = 'nothing happened' WHERE id = %s",
        "DELETE FROM audit_entry WHERE id = %s",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_it(world: World, statement: str) -> None:
    entry = an_entry(world)
    with pytest.raises(DatabaseError, match="write-once"), transaction.atomic():
        do_as_administrator(statement, entry.pk)
    assert Entry.objects.get(pk=entry.pk).note == ""


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_database_refuses_to_empty_it(world: World) -> None:
    an_entry(world)
    with pytest.raises(DatabaseError, match="write-once"):
        do_as_administrator("TRUNCATE audit_entry")
    assert Entry.objects.exists()


def test_nor_does_the_code_change_or_delete_it(world: World) -> None:
    entry = an_entry(world)
    entry.note = "nothing happened"
    with pytest.raises(WriteOnce):
        entry.save()
    with pytest.raises(WriteOnce):
        entry.delete()
    with pytest.raises(WriteOnce):
        Entry.objects.all().delete()
    with pytest.raises(WriteOnce):
        Entry.objects.all().update(note="x")


def test_an_act_that_fails_leaves_no_line(world: World) -> None:
    before = Entry.objects.count()
    with suppress(KeyError), transaction.atomic():
        write_entry(Act.ALTERED, world.ely, by=world.ann, at=world.now)
        raise KeyError
    assert Entry.objects.count() == before


def test_cas_who_left_is_told_not_found_and_the_try_stands_in_the_trail(world: World, as_person: As) -> None:
    answer = as_person(world.cas).get("/circles/C-0142/")
    assert answer.status_code == 404
    line = Entry.objects.get(act=Act.REFUSED_UNSEEN, actor=world.cas)
    assert (line.kind, line.reference) == ("circle", "C-0142")


def test_a_circle_that_is_not_and_one_that_is_not_his_look_alike(world: World, as_person: As) -> None:
    dev = as_person(world.dev)
    hidden, missing = dev.get("/circles/C-0142/"), dev.get("/circles/C-9999/")
    assert hidden.status_code == missing.status_code == 404
    token = re.compile(r'value="[^"]*"')
    assert token.sub("", hidden.content.decode()) == token.sub("", missing.content.decode())


def test_an_act_not_allowed_is_refused_in_words_and_recorded(world: World, as_person: As) -> None:
    answer = as_person(world.ben).get("/circles/C-0142/who-looked/")
    assert answer.status_code == 403
    assert "You may not see who looked at this circle." in answer.content.decode()
    assert Entry.objects.filter(act=Act.REFUSED_ACT, actor=world.ben, reference="C-0142").count() == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"X-Forwarded-For": "unknown"},
        {"X-Forwarded-For": "1.2.3.4, evil"},
        {"X-Forwarded-Port": "-1"},
        {"X-Correlation-Id": "x" * 300},
    ],
)
def test_no_odd_header_stops_a_worry_from_being_stored(world: World, as_person: As, odd: dict[str, str]) -> None:
    form = {
        "submit_key": "6f8a1a52-26a9-4ba3-8a1f-0a6f6b6f9c11",
        "level": "urgent",
        "words": "He has a second telephone.",
    }
    answer = as_person(world.ben).post("/concerns/new/C-0142/", form, headers=odd)
    assert answer.status_code == 302
    assert Entry.objects.filter(act=Act.COLLECTED, kind="concern", actor=world.ben).count() == 1


def test_opening_a_concern_is_written_down_for_everyone_who_opens_it(world: World, as_person: As) -> None:
    concern = worry(world)
    for person in (world.ann, world.esi):
        as_person(person).get(f"/concerns/{concern.reference}/")
    assert [line.actor for line in looks_at("concern", concern.reference)] == [world.esi, world.ann]
    assert {line.reference for line in looks_within("C-0142").filter(actor=world.esi)} == {concern.reference}
    page = as_person(world.ann).get(f"/concerns/{concern.reference}/who-looked/").content.decode()
    assert "Esi Okafor" in page


def test_an_officer_reading_who_looked_learns_no_volunteers_surname(world: World, as_person: As) -> None:
    concern = worry(world)
    as_person(world.ben).get(f"/concerns/{concern.reference}/receipt/")
    page = as_person(world.esi).get(f"/concerns/{concern.reference}/who-looked/").content.decode()
    assert "Ben" in page
    assert "Ashby" not in page


def test_jo_reads_the_trail_and_her_reading_is_in_it(world: World, as_person: As) -> None:
    an_entry(world)
    page = as_person(world.jo).get("/trail/", {"reference": "C-0142"}).content.decode()
    assert "Ann Farrowby" in page
    assert Entry.objects.filter(act=Act.CONSULTED, kind="trail", actor=world.jo, reference="C-0142").count() == 1


def test_nobody_but_jo_reads_the_trail(world: World) -> None:
    an_entry(world)
    readers = [name for name, person in world.people.items() if Entry.objects.visible_to(person).exists()]
    assert readers == ["jo"]


def test_signing_in_is_in_the_trail(world: World, as_person: As) -> None:
    as_person(world.ben)
    assert Entry.objects.filter(act=Act.SIGNED_IN, actor=world.ben).count() == 1


def test_jo_finds_lines_by_who_did_what_and_when(world: World, as_person: As) -> None:
    entry, jo = an_entry(world), as_person(world.jo)
    today = {f"since_{part}": str(getattr(world.now, part)) for part in ("day", "month", "year")}
    until = {name.replace("since", "until"): figure for name, figure in today.items()}
    before = {**until, "until_year": str(world.now.year - 1)}

    def found(**asked: str) -> set[int]:
        return {line.pk for line in jo.get("/trail/", asked).context["page"].object_list}

    assert entry.pk in found(person=world.ann.reference) & found(act="consulted") & found(**today) & found(**until)
    assert entry.pk not in found(person=world.hana.reference) | found(act="shared") | found(**before)
