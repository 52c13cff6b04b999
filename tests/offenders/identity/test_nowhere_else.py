"""A name that is written into every field is shown by the reveal alone.

No page, log, mail, session, download, dump or message to a worker holds it.
"""

from __future__ import annotations

import ast
import inspect
import io
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from pypdf import PdfReader

from accounts.models import KeptForm, User
from alerts.outbox.operations import send_due
from concerns.concern.models import Concern
from config.celery import app
from embedded.servers import address_of_database
from offenders.identity.operations import write_identity
from offenders.identity.particulars import Particulars
from tests.architecture.sources import short_path_of, sources, tree_of
from tests.concerns.engine.raising import worry
from tests.databases import run_tool
from tests.form_posts import with_form_key
from tests.offenders.identity.identities import typed_fields
from tests.pages import PAGES as ROWS
from tests.table import PEOPLE
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
    assert ann.post(reverse("offenders:write_identity", args=him), typed_fields(EVERYWHERE)).status_code == 302
    assert POISON in ann.post(reverse("offenders:identity", args=him), {"reason": "check"}).content.decode()
    found = ann.post(reverse("offenders:find_person"), {**typed_fields(EVERYWHERE), "name": POISON})
    assert him[0] in found.content.decode()
    wrong = typed_fields(EVERYWHERE) | {"born_on_month": "13"}
    assert POISON in ann.post(reverse("offenders:write_identity", args=him), wrong).content.decode()
    kept = Client().post(
        reverse("offenders:write_identity", args=him), with_form_key(typed_fields(EVERYWHERE), world.ann)
    )
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


DOWNLOADS = {
    "circles:minutes_paper",
    "circles:review_inner_copy",
    "circles:review_outer_copy",
    "concerns:share_paper",
    "concerns:share_text",
    "feed",
    "health",
    "tick",
}
OUR_APPS = {"accounts", "alerts", "circles", "concerns", "offenders"}


def views_by_name(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, Callable[..., object]]]:
    """Each named address with its view."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views_by_name(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern.callback


def may_download(view: Callable[..., object]) -> bool:
    """Whether it, or a function beside it that it calls, sends something else than a page, such as a PDF."""
    view = inspect.unwrap(view)
    beside = inspect.getmembers(inspect.getmodule(view), inspect.isfunction)
    sending = [name for name, function in beside if "content_type=" in inspect.getsource(function)]
    return any(f"{name}(" in inspect.getsource(view) for name in sending) or view.__name__ in sending


def words_of(content: bytes) -> str:
    """The words of a PDF, or of what is no PDF."""
    if not content.startswith(b"%PDF"):
        return content.decode()
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_no_download_holds_it(world: World, as_person: As) -> None:
    write_identity(world.core_member, EVERYWHERE, by=world.ann, at=world.now)
    asked = {name for name, view in views_by_name(get_resolver()) if may_download(view)}
    found = {}
    for row in ROWS:
        if row.name not in asked or row.posts is not None or 200 not in row.opens.values():
            continue
        with transaction.atomic():
            address = reverse(row.name, args=row.make(world))
            who = PEOPLE[next(column for column, status in row.opens.items() if status == 200)]
            answer = (as_person(world.people[who]) if who else Client()).get(address)
            if not answer["Content-Type"].startswith("text/html"):
                found[row.name] = traces_in(words_of(answer.getvalue()))
            transaction.set_rollback(True)
    assert found == {name: [] for name in DOWNLOADS}


def test_what_waits_in_redis_is_the_name_of_a_task_and_nothing_else() -> None:
    app.loader.import_default_modules()
    ours = {name: inspect.signature(task.run) for name, task in app.tasks.items() if name.split(".")[0] in OUR_APPS}
    assert len(ours) > 10
    assert {name: str(signature) for name, signature in ours.items() if signature.parameters} == {}
    sending = {"send_task", "delay", "apply_async"}
    sent = {
        f"{short_path_of(path)}: {ast.unparse(call)}"
        for path in sources()
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in sending
    }
    assert sent == {"alerts/message/nudge.py: current_app.send_task(SWEEP, ignore_result=True)"}


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_dump_of_the_whole_database_holds_it_nowhere(world: World) -> None:
    """What `pg_dump` writes of what was really committed: the words of a concern are there, and his name is not."""
    write_identity(world.core_member, EVERYWHERE, by=world.ann, at=world.now)
    Concern.objects.filter(pk=worry(world).pk).update(opinion="He calls himself the heron.")
    address = address_of_database(os.environ["ADMIN_DATABASE_URL"], settings.DATABASES["default"]["NAME"])
    dumped = run_tool("pg_dump", "--dbname", address)
    assert "He calls himself the heron." in dumped
    assert traces_in(dumped) == []
