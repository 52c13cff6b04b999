"""The cache holds JSON and runs nothing; a count counts each of two at once."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import with_examples
from tests.world import World

pytestmark = pytest.mark.django_db(databases="__all__")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class Poison:
    """Unpickled, it writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (exec, (f"open({str(self.path)!r}, 'w').close()", ""))


def write_row(key: str, value: str) -> None:
    with connections["cache"].cursor() as cursor:
        cursor.execute("INSERT INTO cache VALUES (%s, %s, now() + interval '10 years')", [f":1:{key}", value])


def test_a_program_in_the_table_is_not_run(world: World, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for encode in (lambda raw: base64.b64encode(raw).decode(), lambda raw: raw.decode("latin1")):
        write_row("poison", encode(pickle.dumps(Poison(ran), 0)))
        assert cache.get("poison", "nothing") == "nothing"
        assert cache.get_many(["poison"]) == {}
        assert not ran.exists()
        cache.delete("poison")


def test_nothing_of_the_service_reads_a_pickle_from_a_row() -> None:
    assert {"default": settings.CACHES["default"]} == settings.CACHES
    assert settings.CACHES["default"]["BACKEND"] == "core.cache.JSONCache"
    assert settings.CELERY_ACCEPT_CONTENT == [settings.CELERY_TASK_SERIALIZER] == ["json"]
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    root = Path(__file__).resolve().parents[2]
    said = [
        path
        for package in settings.INSTALLED_APPS
        if (root / package).is_dir()
        for path in (root / package).rglob("*.py")
        if "import pickle" in path.read_text()
    ]
    assert said == []


@given(value=VALUES)
@with_examples(20)
def test_whatever_is_json_comes_back_as_it_was(value: object) -> None:
    cache.set("kept", value)
    assert cache.get("kept", "nothing") == value


def test_what_is_no_json_is_refused_where_it_is_written(world: World) -> None:
    with pytest.raises(TypeError):
        cache.set("kept", object())


def test_it_is_there_until_its_time_is_over(world: World) -> None:
    with time_machine.travel(world.now, tick=False):
        assert cache.add("kept", 1, 60)
        assert not cache.add("kept", 2, 60)
        cache.set("ever", 1, None)
    with time_machine.travel(world.now + timedelta(seconds=59), tick=False):
        assert (cache.get("kept"), cache.touch("kept", 60)) == (1, True)
    with time_machine.travel(world.now + timedelta(seconds=118), tick=False):
        assert (cache.get("kept"), cache.incr("kept")) == (1, 2)
    with time_machine.travel(world.now + timedelta(seconds=120), tick=False):
        assert cache.get("kept") is None
        assert not cache.touch("kept", 60)
        with pytest.raises(ValueError, match="not found"):
            cache.incr("kept")
        assert cache.add("kept", 3, 60)
        assert (cache.get("kept"), cache.get("ever")) == (3, 1)
