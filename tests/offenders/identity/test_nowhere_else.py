"""A name that is written into every field is shown by the reveal alone: no page, log, mail, session or dump holds it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import KeptForm, User
from alerts.outbox.operations import send_due
from concerns.concern.models import Concern
from offenders.identity.particulars import Particulars
from tests.concerns.engine.raising import worry
from tests.form_posts import with_form_key
from tests.offenders.identity.identities import typed
from tests.world import World

As = Callable[[User], Client]

POISON = "Zqvenomir"
NUMBER = "77ZQV44"
TRACES = (POISON.lower(), NUMBER.lower(), POISON.encode().hex(), POISON.lower().encode().hex(), NUMBER.encode().hex())
EVERYWHERE = Particulars(
    surname=POISON,
    first_names=f"Jo {POISON}",
    aliases=(f"Al {POISON}",),
    born_on=date(1961, 4, 9),
    addresses=f"7 {POISON} Yard",
    telephone=f"01632 {NUMBER}",
    pnc=NUMBER,
    crn=f"C{NUMBER}",
    prison_number=f"P{NUMBER}",
    visor=f"V{NUMBER}",
)
PAGES = ("home", "offenders:core_members", "offenders:find_person", "circles:circles", "concerns:all", "alerts:inbox")
PAGES_OF_HIM = ("core_member", "identity", "add_restriction", "change_lead", "erase_identity")


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.lower()]


def dump() -> Iterator[tuple[str, str]]:
    """Every row of every table as a dump writes it, by table: the test's own transaction is read, so nothing commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as rows:  # noqa: S608 - our own tables
                yield table, b"".join(bytes(row) for row in rows).decode(errors="replace")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement with its parameters: what PostgreSQL would log if it logged them all."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield sent
    sent += [query["sql"] for query in queries]


def write_and_reveal(world: World, as_person: As) -> None:
    """Ann writes it down, finds him by it, reveals it, and sends it again with a mistake and once signed out.

    Esi reveals it too.
    """
    ann, him = as_person(world.ann), [world.core_member.reference]
    assert ann.post(reverse("offenders:write_identity", args=him), typed(EVERYWHERE)).status_code == 302
    assert POISON in ann.post(reverse("offenders:identity", args=him), {"reason": "check"}).content.decode()
    found = ann.post(reverse("offenders:find_person"), {**typed(EVERYWHERE), "name": POISON})
    assert him[0] in found.content.decode()
    wrong = typed(EVERYWHERE) | {"born_on_month": "13"}
    assert POISON in ann.post(reverse("offenders:write_identity", args=him), wrong).content.decode()
    kept = Client().post(reverse("offenders:write_identity", args=him), with_form_key(typed(EVERYWHERE), world.ann))
    assert kept.status_code == 302
    assert KeptForm.objects.exists()
    concern = worry(world)
    about = as_person(world.esi).post(reverse("concerns:identity", args=[concern.reference]))
    assert POISON in about.content.decode()


def test_a_name_in_every_field_is_found_in_the_reveal_alone(
    world: World, as_person: As, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), statements() as sent:
        write_and_reveal(world, as_person)
        send_due(at=world.now)
        ann = as_person(world.ann)
        pages = [ann.get(reverse(name)).content.decode() for name in PAGES]
        pages += [ann.get(reverse(f"offenders:{name}", args=["EE-2417-K"])).content.decode() for name in PAGES_OF_HIM]
        pages += [as_person(world.jo).get(reverse("audit:entries")).content.decode()]
    assert len(sent) > 100
    assert {trace: where for where, text in dump() for trace in traces_in(text)} == {}
    assert [traces_in(text) for text in (*pages, *sent, caplog.text) if traces_in(text)] == []
    assert [mail for mail in mail.outbox if traces_in(str(mail.message()))] == []


def test_the_dump_would_show_a_name(world: World) -> None:
    """The test above can fail: words of a concern are in the dump."""
    Concern.objects.filter(pk=worry(world).pk).update(opinion=f"He calls himself {POISON}.")
    assert {where for where, text in dump() if traces_in(text)} == {"concerns_concern"}
