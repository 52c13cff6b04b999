"""Who a core member is: sealed, found by exact words alone, and shown to who has leave, with a line in the trail."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from alerts.message.models import Alert
from audit.models import Act, Entry
from concerns.handling.second_person_operations import agree_to_end, mark_raised_in_error
from core.errors import Refused
from core.keyring import CannotOpen, Keyring, get_keyring
from offenders.core_member.models import CoreMember, CoreMemberQuerySet
from offenders.identity.matching import identities_that_match
from offenders.identity.models import Identity
from offenders.identity.operations import Reason, reveal_identity, write_identity
from offenders.identity.particulars import Particulars
from offenders.identity.promises import identity_sentences
from offenders.identity.sealing import open_particulars, seal_particulars
from tests.accounts.signing import current_code, give_app
from tests.concerns.engine.raising import worry
from tests.offenders.identity.identities import BORN, jonah, sealed_identity, typed_fields
from tests.world import World

As = Callable[[User], Client]

WORDS = st.text(max_size=40)
KEYRING = Keyring({"k1": b"k" * 32}, b"i" * 32)
OTHER_KEYS = {"KEYRING": {"t1": "b" * 43 + "="}, "INDEX_KEY": "c" * 43 + "="}
"""The keys of another service, under the same id: what a restore without its keys meets."""


def reveal(world: World, by: User) -> Particulars:
    core_member = CoreMember.objects.get(pk=world.core_member.pk)
    return reveal_identity(core_member, by=by, at=world.now, reason=Reason.CHECK)


@given(
    st.builds(
        Particulars,
        surname=WORDS,
        first_names=WORDS,
        aliases=st.lists(WORDS, max_size=3).map(tuple),
        born_on=st.none() | st.dates(),
        addresses=WORDS,
        telephone=WORDS,
        pnc=WORDS,
        crn=WORDS,
        prison_number=WORDS,
        visor=WORDS,
    )
)
def test_what_is_sealed_is_what_is_opened(particulars: Particulars) -> None:
    identity = Identity()
    seal_particulars(identity, particulars, KEYRING)
    assert open_particulars(identity, KEYRING) == particulars


@pytest.mark.parametrize(
    "columns", [("sealed",), ("sealed_key",), ("sealed", "sealed_key"), ("sealed", "sealed_key", "key_id")]
)
def test_what_was_copied_to_another_row_does_not_open(columns: tuple[str, ...]) -> None:
    paul, neil = Identity(), Identity()
    for identity in (paul, neil):
        seal_particulars(identity, jonah(), KEYRING)
    for column in columns:
        setattr(paul, column, getattr(neil, column))
    with pytest.raises(CannotOpen):
        open_particulars(paul, KEYRING)


def test_nothing_of_it_shows_in_a_traceback(world: World) -> None:
    identity = sealed_identity(world)
    for shown in (repr(jonah()), str(jonah()), repr(identity), str(identity), repr(identity.indexes.all())):
        assert "Quill" not in shown
        assert "1961" not in shown


def test_ann_reveals_him_and_the_trail_says_so(world: World) -> None:
    sealed_identity(world)
    assert reveal(world, world.ann) == jonah()
    line = Entry.objects.get(act=Act.REVEALED)
    assert (line.actor, line.reference, line.note) == (world.ann, "EE-2417-K", Reason.CHECK.label)


@pytest.mark.parametrize("name", ["ben", "pat", "kit", "jo", "gil", "esi", "oz", "ivor", "lou", "max"])
def test_nobody_else_reveals_him(world: World, name: str) -> None:
    sealed_identity(world)
    with pytest.raises(PermissionDenied):
        reveal(world, world.people[name])


def test_esi_who_works_an_open_concern_about_him_reveals_him_and_ann_is_told(world: World) -> None:
    sealed_identity(world)
    concern = worry(world)
    assert reveal(world, world.esi).surname == "Quillfeather"
    assert {alert.recipient for alert in Alert.objects.filter(key__contains=":revealed:")} == {world.ann}
    for other in (world.ivor, world.lou, world.ben, world.kit):
        with pytest.raises(PermissionDenied):
            reveal(world, other)
    mark_raised_in_error(concern, reason="Typed twice.", by=world.ann, at=world.now)
    agree_to_end(concern, by=world.hana, at=world.now)
    with pytest.raises(PermissionDenied):
        reveal(world, world.esi)


def test_who_may_not_see_his_record_reveals_nothing_whatever_their_role(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_identity(world)
    monkeypatch.setattr(CoreMemberQuerySet, "visible_to", lambda rows, user: rows.none())
    for person in (world.hana, world.fay, world.ann):
        with pytest.raises(PermissionDenied):
            reveal(world, person)
        with pytest.raises(PermissionDenied):
            write_identity(world.core_member, jonah(), by=person, at=world.now)


def test_a_later_change_seals_anew_and_forgets_the_old_name(world: World) -> None:
    before = sealed_identity(world)
    after = sealed_identity(world, surname="Otterby", aliases=())
    assert after.pk == before.pk
    assert bytes(after.sealed_key or b"") != bytes(before.sealed_key or b"")
    assert not identities_that_match(name="Quillfeather", born_on=BORN).exists()
    assert identities_that_match(name="otterby", born_on=BORN).get() == after


def test_a_surname_without_letters_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="surname"):
        write_identity(world.core_member, jonah(surname="-"), by=world.ann, at=world.now)


@pytest.mark.parametrize(
    "name",
    [
        "quillfeather",
        "Jonah Peter QUILLFEATHER",
        "Quill-Feather",
        "Jonah Quillfeather",
        "jon quill",
        "Peter O'Marrowby",
        "Péter OMarrowby",
    ],
)
def test_he_is_found_by_a_whole_name_and_his_date_of_birth(world: World, name: str) -> None:
    identity = sealed_identity(world)
    assert identities_that_match(name=name, born_on=BORN).get() == identity
    assert not identities_that_match(name=name, born_on=BORN + timedelta(days=1)).exists()


@pytest.mark.parametrize("name", ["Quill", "Jonah", "Quillfeathers", "", "O’Marrow"])
def test_he_is_not_found_by_a_part_of_a_name(world: World, name: str) -> None:
    sealed_identity(world)
    assert not identities_that_match(name=name, born_on=BORN).exists()


@pytest.mark.parametrize(
    "number", ["2008/0123456X", "08/123456x", " 2008 / 0123456 X", "q774411", "A7714QX", "VQ77/4411", "vq 77 4411"]
)
def test_he_is_found_by_each_of_his_numbers(world: World, number: str) -> None:
    identity = sealed_identity(world)
    assert identities_that_match(number=number).get() == identity


@pytest.mark.parametrize("number", ["2008/0123456Y", "1998/0123456X0", "774411", "Q7744112"])
def test_he_is_not_found_by_another_number(world: World, number: str) -> None:
    sealed_identity(world)
    assert not identities_that_match(number=number).exists()


def test_a_restore_without_the_keys_shows_no_name_and_turns_the_status_red(world: World) -> None:
    sealed_identity(world)
    with override_settings(**OTHER_KEYS):
        assert len(identity_sentences()) == 2
        with pytest.raises(Refused, match="cannot be opened"):
            reveal(world, world.ann)
        with pytest.raises(Refused, match="cannot be trusted"):
            identities_that_match(number="Q774411")
    assert any("did not open" in sentence for sentence in identity_sentences())
    sealed_identity(world)
    assert identity_sentences() == []


def test_a_changed_row_shows_no_name_and_turns_the_status_red(world: World) -> None:
    identity = sealed_identity(world)
    changed = bytearray(identity.sealed or b"")
    changed[-1] ^= 1
    identity.sealed = bytes(changed)
    identity.save()
    assert identity_sentences() == []
    with pytest.raises(Refused, match="cannot be opened"):
        reveal(world, world.ann)
    assert len(identity_sentences()) == 1
    assert not Entry.objects.filter(act=Act.REVEALED).exists()


def test_ann_is_asked_for_a_second_factor_and_her_password_is_not_enough(world: World, as_person: As) -> None:
    sealed_identity(world)
    secret, ann = give_app(world.ann), as_person(world.ann)
    address = reverse("offenders:identity", args=["EE-2417-K"])
    with time_machine.travel(world.now + timedelta(minutes=10)):
        session = ann.session
        records = session["account_authentication_methods"]
        session["account_authentication_methods"] = [
            *records,
            {"method": "password", "at": (world.now + timedelta(minutes=10)).timestamp()},
        ]
        session.save()
        answer = ann.post(address, {"reason": "check"})
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
        assert not Entry.objects.filter(act=Act.REVEALED).exists()
        answer = ann.post(answer["Location"], {"code": current_code(secret)})
    page = answer.content.decode()
    assert "Quillfeather" in page
    assert answer["Cache-Control"] == "no-store"
    assert answer["Refresh"] == f"120; url={address}"


def test_ann_changes_one_number_and_the_rest_stays(world: World, as_person: As) -> None:
    sealed_identity(world)
    ann = as_person(world.ann)
    page = ann.post(reverse("offenders:identity", args=["EE-2417-K"]), {"reason": "correct", "change": "yes"})
    assert all(word in page.content.decode() for word in ("Quillfeather", "Jon Quill", "Q774411"))
    address = reverse("offenders:write_identity", args=["EE-2417-K"])
    assert ann.get(address)["Location"] == reverse("offenders:identity", args=["EE-2417-K"])
    assert ann.post(address, typed_fields(jonah(crn="Q774412"))).status_code == 302
    assert reveal(world, world.ann) == jonah(crn="Q774412")


def test_pat_who_may_not_see_him_finds_nothing_and_what_she_typed_is_nowhere(world: World, as_person: As) -> None:
    address, words = reverse("offenders:find_person"), {**typed_fields(), "name": "Quillfeather"}
    pages = []
    for _ in range(2):
        pages.append(as_person(world.pat).post(address, {"number": words["crn"]}).content.decode())
        sealed_identity(world)
    assert "Nobody whom you may see" in pages[1]
    assert "EE-2417-K" not in pages[1]
    assert "EE-2417-K" in as_person(world.ann).post(address, words).content.decode()
    lines = Entry.objects.filter(kind="search")
    assert [line.reference for line in lines.order_by("pk")] == ["by number", "by number", "by name and date of birth"]
    assert "uill" not in json.dumps(list(Entry.objects.values()), default=str)


def test_nobody_looks_for_more_than_twenty_people_in_an_hour(world: World, as_person: As) -> None:
    ann, address = as_person(world.ann), reverse("offenders:find_person")
    sought = [ann.post(address, {"number": f"Q{number}"}).content.decode() for number in range(21)]
    assert "twenty people" not in sought[19]
    assert "twenty people" in sought[20]
    assert Entry.objects.filter(kind="search").count() == 20


def test_a_name_without_a_date_of_birth_is_asked_for_it(world: World, as_person: As) -> None:
    page = as_person(world.ann).post(reverse("offenders:find_person"), {"name": "Quillfeather"}).content.decode()
    assert "a name alone finds nobody" in page
    assert 'value="Quillfeather"' in page


def test_the_number_of_a_century_counts_as_one(world: World) -> None:
    sealed_identity(world, pnc="98/7K")
    assert identities_that_match(number="1998/0000007K").exists()
    assert date(1961, 4, 9) == BORN
    assert get_keyring().current == "t1"
