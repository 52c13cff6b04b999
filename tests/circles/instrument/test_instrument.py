"""An instrument comes from a file, clearly refused when it is wrong, and never changes once it is used."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from circles.instrument.definition import BadDefinition, definition_of, read_definition
from circles.instrument.models import Instrument, InstrumentItem
from circles.instrument.operations import load_instrument
from core.errors import Refused
from tests.circles.risk.risk_reviews import FICTITIOUS, load_invented_instrument, planned_risk_review
from tests.world import World

SCALE = ["never", "hardly", "a little", "somewhat", "rather", "much", "always"]


def small(**changes: Any) -> dict[str, Any]:
    """A definition of two items, and whatever is changed."""
    return {
        "key": "small",
        "version": "1",
        "name": "Small",
        "licence": "Ours.",
        "direction": "higher_is_worse",
        "may_miss": 1,
        "expected_change": -2,
        "scale": SCALE,
        "domain": [{"name": "All", "item": [{"key": "a", "text": "A?"}, {"key": "b", "text": "B?", "guidance": "b"}]}],
    } | changes


def faults_of(**changes: Any) -> str:
    with pytest.raises(BadDefinition) as bad:
        definition_of(small(**changes))
    return " ".join(bad.value.faults)


def test_the_invented_instrument_has_seventeen_items_in_four_domains_and_says_that_it_is_invented() -> None:
    definition = read_definition(FICTITIOUS)
    assert len(definition.items) == 17
    assert len({item.domain for item in definition.items}) == 4
    assert "ictitious" in definition.name
    assert "must not be used about a real person" in definition.licence


def test_the_command_loads_it_and_says_what_it_loaded(world: World) -> None:
    told = StringIO()
    call_command("load_instrument", FICTITIOUS, stdout=told)
    assert "17 items in 4 domains" in told.getvalue()
    assert Instrument.objects.latest_loaded()[0].key == "fictitious-17"


def test_json_is_read_as_well(world: World, tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(small()))
    call_command("load_instrument", file, stdout=StringIO())
    assert InstrumentItem.objects.filter(instrument__key="small").count() == 2


def test_a_bad_file_loads_nothing_and_every_fault_is_named(world: World, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(small(scale=SCALE[:6], may_miss=5)))
    with pytest.raises(CommandError) as told:
        call_command("load_instrument", file)
    assert "scale must be 7 words" in str(told.value)
    assert "may_miss is 5" in str(told.value)
    assert not Instrument.objects.exists()


@pytest.mark.parametrize(("name", "text"), [("bad.toml", "key = "), ("bad.json", "{"), ("bad.json", "[1]")])
def test_a_file_that_is_not_well_formed_is_refused_in_words(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(BadDefinition, match=r"not well formed|holds no table"):
        read_definition(file)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadDefinition, match="cannot be read"):
        read_definition(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": "Big Key"}, "small letters"),
        ({"name": ""}, "Give “name” in words"),
        ({"version": "1" * 21}, "longer than 20"),
        ({"licence": 3}, "Give “licence” in words"),
        ({"direction": "up"}, "direction is 'up'"),
        ({"may_miss": 3}, "may_miss is 3"),
        ({"may_miss": True}, "may_miss is True"),
        ({"may_miss": 2}, "less than the number of items"),
        ({"expected_change": "soon"}, "expected_change is 'soon'"),
        ({"expected_change": -5000}, "too large"),
        ({"scale": [*SCALE[:6], ""]}, "scale must be 7 words"),
        ({"domain": []}, "at least one [[domain]]"),
        ({"domain": [{"name": "Empty", "item": []}]}, "Domain 1 has no items"),
        ({"domain": [{"name": "D", "item": [{"key": "a", "text": "A"}, {"key": "a", "text": "B"}]}]}, "given twice"),
        ({"domain": [{"name": "D", "item": [{"key": "a", "text": "A"}, {"key": "b", "text": "A"}]}]}, "given twice"),
        ({"domain": [{"name": "D", "item": [{"key": "a", "text": "A", "hint": "x"}]}]}, "“hint” of domain 1, item 1"),
        ({"domain": [{"name": "D", "item": [{"key": "a", "text": "A", "guidance": 1}]}]}, "must be words"),
        ({"langauge": "en"}, "“langauge” is not a line"),
    ],
)
def test_each_fault_is_said_with_how_to_mend_it(changes: dict[str, Any], said: str) -> None:
    assert said in faults_of(**changes)


def test_loading_the_same_file_again_changes_nothing(world: World) -> None:
    assert load_invented_instrument(world) == load_invented_instrument(world)
    assert Instrument.objects.count() == 1


def test_a_changed_file_needs_a_new_version(world: World) -> None:
    load_instrument(definition_of(small()), at=world.now)
    with pytest.raises(Refused, match="new version"):
        load_instrument(definition_of(small(name="Other")), at=world.now)
    load_instrument(definition_of(small(name="Other", version="2")), at=world.now)
    assert Instrument.objects.filter(key="small").count() == 2


def test_the_database_refuses_to_change_an_instrument_in_use(world: World) -> None:
    used = planned_risk_review(world).instrument
    item = used.items.all()[0]
    with pytest.raises(IntegrityError, match="new version"), transaction.atomic():
        Instrument.objects.filter(pk=used.pk).update(may_miss=0)
    with pytest.raises(IntegrityError, match="new version"), transaction.atomic():
        InstrumentItem.objects.filter(pk=item.pk).update(text="Something else.")
    with pytest.raises(IntegrityError, match="new version"), transaction.atomic():
        InstrumentItem.objects.filter(pk=item.pk).delete()
    with pytest.raises(IntegrityError, match="new version"), transaction.atomic():
        InstrumentItem.objects.create(instrument=used, number=18, key="more", domain="D", text="More.")


def test_an_instrument_nobody_uses_yet_can_be_taken_out(world: World) -> None:
    unused = load_instrument(definition_of(small()), at=world.now)
    unused.items.all().delete()
    unused.delete()
    assert not Instrument.objects.filter(key="small").exists()


def test_no_item_text_stands_in_the_code() -> None:
    root = Path(__file__).resolve().parents[3]
    texts = [item.text for item in read_definition(FICTITIOUS).items]
    code = "".join(
        path.read_text()
        for app in ["circles", "templates", "embedded"]
        for path in (root / app).rglob("*.*")
        if path.suffix in {".py", ".html"}
    )
    assert [text for text in texts if text in code] == []
