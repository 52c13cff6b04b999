"""`manage.py setup`: asks what only an operator knows, says what is missing or unsafe, and may be run again."""

from __future__ import annotations

import sys
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Agency, Area, Invitation
from accounts.operations import provider_agency
from alerts.watch.heartbeat import record_heartbeat
from audit.models import Entry
from concerns.management.commands import setup
from concerns.watch.sweep import CHECKER
from embedded.servers import free_port
from tests.world import World


@pytest.fixture(autouse=True)
def ready_environment(settings: Any) -> None:
    """The environment of a service that is ready to start."""
    settings.SITE_ADDRESS, settings.DEFAULT_FROM_EMAIL = "https://fenland.test", "Waymark <waymark@fenland.test>"
    settings.EMAIL_HOST = "mail.fenland.test"


def set_up(monkeypatch: pytest.MonkeyPatch, *options: str, typed: str = "") -> str:
    """Run the command with these options, and these lines at the keyboard; what it says. A failure is in it too."""
    monkeypatch.setattr(sys, "stdin", StringIO(typed))
    said = StringIO()
    try:
        call_command("setup", *options, stdout=said)
    except CommandError as failure:
        said.write(f"FAILED: {failure}")
    return said.getvalue()


def begin_anew(world: World) -> None:
    """As before anybody set it up: no provider, no area, and nobody who manages."""
    world.hana.groups.clear()
    Area.objects.update(is_worked_in=False)
    Agency.objects.filter(kind=Agency.Kind.PROVIDER).update(kind=Agency.Kind.OTHER)


def test_a_script_that_answers_nothing_is_told_what_is_missing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_anew(world)
    said = set_up(monkeypatch, "--no-input")
    assert "The provider has no name" in said
    assert "Nobody manages the service" in said
    assert "No area is worked in" in said
    assert "FAILED: Still missing: 3" in said


def test_what_is_answered_is_set_and_the_first_manager_is_invited(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_anew(world)
    said = set_up(monkeypatch, typed="Marsh Circles\nEssex, Norfolk\nnell@fenland.test\nNell Harrow\n")
    assert "Nothing is missing here. The rest is done by pages: https://fenland.test/set-up/ lists " in said
    assert [area.name for area in Area.objects.worked_in()] == ["Essex", "Norfolk"]
    invitation = Invitation.objects.get(email="nell@fenland.test")
    assert invitation.role == "manager"
    assert invitation.agency == provider_agency()
    assert "https://fenland.test/people/join/" in said
    assert str(provider_agency().name) == "Marsh Circles"  # type: ignore[union-attr]


def test_what_is_found_after_the_answers_is_found_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes a minute to answer is not told that the clocks differ."""
    begun = timezone.now() - timedelta(minutes=1)
    started, looked = iter([begun]), []
    monkeypatch.setattr(setup.timezone, "now", lambda real=timezone.now: next(started, None) or real())
    monkeypatch.setattr(setup, "reconcile", lambda *, at: looked.append(at) or [])
    set_up(monkeypatch, "--no-input")
    assert looked[0] > begun + timedelta(seconds=30)


def test_a_script_gives_its_answers_as_options(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_anew(world)
    options = [
        "--provider=Marsh Circles",
        "--areas=essex",
        "--manager-email=nell@fenland.test",
        "--manager-name=Nell Harrow",
    ]
    assert "Nothing is missing" in set_up(monkeypatch, "--no-input", *options)


def test_run_again_it_changes_only_what_is_answered_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = provider_agency()
    assert provider
    lines = Entry.objects.count()
    assert f"Enter keeps “{provider.name}”" in set_up(monkeypatch, typed="\n\n")
    assert Entry.objects.count() == lines
    set_up(monkeypatch, typed="Marsh Circles\n\n")
    provider.refresh_from_db()
    assert provider.name == "Marsh Circles"
    assert Entry.objects.filter(kind="agency", reference=provider.reference, note="renamed").count() == 1


def test_a_slip_is_said_and_asked_for_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_anew(world)
    taken = Agency.objects.exclude(kind=Agency.Kind.OTHER).values_list("name", flat=True)[0]
    said = set_up(
        monkeypatch, typed=f"{taken}\nMarsh Circles\nEssecks\nEssex\nnell at fenland\nnell@fenland.test\nNell Harrow\n"
    )
    assert "Another agency has this name already." in said
    assert "“Essecks” is no MAPPA area. They are: Avon and Somerset, " in said
    assert said.count("The first manager’s e-mail address") == 2
    assert "Nothing is missing" in said


def test_whoever_is_invited_to_a_wrong_address_is_invited_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_anew(world)
    set_up(monkeypatch, typed="Marsh Circles\nEssex\nnel@fenland.test\nNell Harrow\n")
    said = set_up(monkeypatch, typed="\n\nnell@fenland.test\nNell Harrow\n")
    assert "Enter keeps “nel@fenland.test”" in said
    assert "nell@fenland.test is invited to be the first manager." in said
    assert Invitation.objects.get(email="nel@fenland.test").withdrawn_at is not None


def test_a_script_gives_a_slip_and_is_told_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "FAILED: “Essecks” is no MAPPA area" in set_up(monkeypatch, "--areas=Essecks")


def test_it_says_that_the_clock_runs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    record_heartbeat(CHECKER, at=timezone.now())
    assert "The clock runs." in set_up(monkeypatch, "--no-input")


def test_a_mail_server_that_is_away_is_missing(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    said = set_up(monkeypatch, "--no-input")
    assert f"MISSING  The mail server 127.0.0.1:{settings.EMAIL_PORT} does not let us in" in said
    assert "FAILED: Still missing" in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SITE_ADDRESS", "https://waymark.example.org", "MISSING  SITE_ADDRESS is the example’s"),
        ("ON_CALL_TELEPHONE", "whoever is there", "MISSING  ON_CALL_TELEPHONE is “whoever is there”"),
        ("DEFAULT_FROM_EMAIL", "waymark@example.org", "MISSING  EMAIL_FROM is an example’s"),
        ("DEMO", True, "unsafe   DEMO is on"),
        ("DEAD_MAN_URL", "", "unsafe   DEAD_MAN_URL is empty"),
        ("CANARY_ADDRESS", "", "unsafe   CANARY_ADDRESS is empty"),
        ("NOTIFY_API_KEY", "", "unsafe   NOTIFY_API_KEY is empty"),
        ("NOTIFY_API_KEY", "given", "unsafe   TEXTS_RECEIPTS_TOKEN is empty"),
        ("EMAIL_USE_TLS", False, "unsafe   EMAIL_USE_TLS is no"),
        ("DEAD_MAN_URL", "https://watcher.test/x", "watcher.test raises the alarm"),
    ],
)
def test_it_says_what_is_missing_or_unsafe(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any, name: str, value: object, words: str
) -> None:
    setattr(settings, name, value)
    assert words in set_up(monkeypatch, "--no-input")


def test_it_names_the_key_that_seals_and_shows_none(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    said = set_up(monkeypatch, "--no-input")
    assert "sealed with the key “t1”" in said
    assert not any(key in said for key in [*settings.KEYRING.values(), settings.INDEX_KEY])
