"""A worry raised over HTTP climbs its ladder through real processes, mail by mail."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
import redis

from embedded.servers import start_redis, wait_for_redis
from tests.live.service import Service, running_service, until

pytestmark = pytest.mark.live

SIGN_BEN_IN = """
import django; django.setup()
from django.test import Client
from accounts.models import User
from tests.conftest import sign_in
client = sign_in(Client(), User.objects.get(email="ben@example.org"))
print(client.cookies["sessionid"].value)
"""

SECONDS = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from concerns.models import LadderVersion, Clock, Rung, Level, Side
from concerns.defaults import CHARITY, AGENCY
ladder = LadderVersion.objects.create(number=2, in_force_from=timezone.now())
for side, audiences in ((Side.CHARITY, CHARITY), (Side.AGENCY, AGENCY)):
    Clock.objects.create(ladder=ladder, level=Level.URGENT, side=side, acknowledge_within=timedelta(seconds=4),
        act_within=timedelta(seconds=60), repeat_every=timedelta(seconds=3), day_and_night=True)
    for position, audience in enumerate(audiences):
        Rung.objects.create(ladder=ladder, level=Level.URGENT, side=side, position=position, audience=audience,
            after=timedelta(seconds=2 * position))
"""

RAISE = """
import django; django.setup()
from django.utils import timezone
from uuid import uuid4
from accounts.models import User
from circles.models import Circle
from concerns.models import Level
from concerns.operations import raise_concern
for _ in range(%d):
    raise_concern(Circle.objects.get(reference="C-0142"), submit_key=uuid4(), level=Level.URGENT,
        words="He has a second telephone.", by=User.objects.get(email="ben@example.org"), at=timezone.now())
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running_service(tmp_path) as running:
        yield running


def raise_over_http(service: Service) -> str:
    """Ben opens the form and sends it, as his telephone would; the receipt's address."""
    session = service.manage(script=SIGN_BEN_IN).strip().splitlines()[-1]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("Cookie", f"sessionid={session}")]
    address = f"http://127.0.0.1:{service.port}/concerns/new/C-0142/"
    with browser.open(address) as page:
        form = page.read().decode()
        csrf = re.search(r"csrftoken=([^;]+)", page.headers["Set-Cookie"] or "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    key = re.search(r'name="submit_key" value="([^"]+)"', form)
    assert token is not None
    assert key is not None
    assert csrf is not None
    words = {
        "submit_key": key[1],
        "level": "urgent",
        "words": "He has a second telephone.",
        "csrfmiddlewaretoken": token[1],
    }
    browser.addheaders = [("Cookie", f"sessionid={session}; csrftoken={csrf[1]}")]
    with browser.open(address, urllib.parse.urlencode(words).encode()) as receipt:
        return str(receipt.url)


def test_each_rungs_mail_arrives_in_order_once_each_and_repeats_at_the_last(service: Service) -> None:
    service.manage(script=SECONDS)
    for name in ("web", "worker", "clock"):
        service.start(name)
    assert raise_over_http(service).endswith("/receipt/")
    box = service.letterbox
    until(lambda: box.names().count("kit") >= 3, 40, "for the last rung to repeat")
    names = box.names()
    assert {"ann", "esi"} == set(names[:2])
    charity = [name for name in names if name in {"ann", "hana", "fay", "kit"}]
    assert charity[:2] == ["ann", "ann"]
    assert sorted(charity[2:4]) == ["fay", "hana"]
    assert charity[4] == "kit"
    assert sorted(charity[5:9]) == ["ann", "fay", "hana", "kit"]
    ids = [message["Message-ID"] for message in box.messages]
    assert len(ids) == len(set(ids))
    assert {message["Subject"] for message in box.messages} == {"Something needs you today"}


def test_e01_two_real_workers_on_a_real_redis_send_each_message_once(service: Service) -> None:
    for name in ("worker", "second worker"):
        service.start(name, "worker")
    service.start("clock")
    service.manage(script=RAISE % 40)
    until(lambda: len(service.letterbox.messages) >= 80, 40)
    until(
        lambda: service.rows("SELECT count(*) FROM alerts_alert WHERE channel = 'email' AND state <> 'sent'") == [(0,)],
        20,
    )
    ids = [message["Message-ID"] for message in service.letterbox.messages]
    assert len(ids) == len(set(ids)) == 80
    fired = service.rows("SELECT count(*) FROM concerns_escalationstep WHERE fired_at IS NOT NULL")
    assert fired == [(80,)]


def test_e04_redis_emptied_and_dead_loses_nothing(service: Service, tmp_path: Path) -> None:
    """While Redis is gone the command sends; when it is back the worker takes over by itself."""
    service.start("worker")
    service.start("clock")
    client = redis.Redis.from_url(service.redis_url)
    until(lambda: client.ping(), 5)
    service.manage(script=RAISE % 5)
    client.flushall()
    until(lambda: len(service.letterbox.messages) == 10, 20, "after Redis was emptied")
    kill_redis(client)
    service.manage(script=RAISE % 5)
    assert service.manage("run_due").strip() == "0 steps fired"
    assert len(service.letterbox.messages) == 20
    back = start_redis(tmp_path / "redis", service.redis_port)
    try:
        wait_for_redis(service.redis_url)
        service.manage(script=RAISE % 5)
        until(lambda: len(service.letterbox.messages) == 30, 40, "after Redis came back")
    finally:
        back.terminate()
        back.wait(timeout=5)


def kill_redis(client: redis.Redis) -> None:
    """Redis goes without saving; the connection breaks under the question."""
    try:
        client.shutdown(nosave=True)
    except redis.ConnectionError:
        return


def test_workers_killed_in_the_middle_lose_nothing(service: Service) -> None:
    for _ in range(4):
        service.start("worker")
        service.start("clock")
        service.manage(script=RAISE % 8)
        service.kill("worker")
        service.kill("clock")
    service.manage("run_due")
    with_leases = "SELECT count(*) FROM alerts_alert WHERE channel = 'email' AND state NOT IN ('sent', 'sending')"
    assert service.rows(with_leases) == [(0,)]
    sending = service.rows("SELECT count(*) FROM alerts_alert WHERE state = 'sending'")[0][0]
    assert len(service.letterbox.messages) >= 64 - int(str(sending))
    assert service.rows("SELECT count(*) FROM concerns_concern") == [(32,)]
