"""A worry raised over HTTP climbs its ladder through real processes, mail by mail."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.live.service import Service
from tests.live.waiting import wait_until

pytestmark = pytest.mark.live

CHARITY = {"ann", "hana", "fay", "kit"}
ROUND = ["ann", "fay", "hana", "kit"]


def test_each_rungs_mail_arrives_in_order_once_each_and_repeats_at_the_last(service: Service) -> None:
    service.script("set_ladder")
    for name in ("web", "worker", "clock"):
        service.start(name)
    service.wait_for_web()
    assert urlsplit(service.raise_over_http()).path.endswith("/receipt/")
    box = service.letterbox
    wait_until(lambda: box.names.count("kit") >= 3 and box.names.count("oz") >= 3, 40, "the last rung repeats")
    wait_until(
        lambda: sum(name not in CHARITY for name in box.names) >= 9, 10, "and is told to all who were told before"
    )
    assert set(box.names[:2]) == {"ann", "esi"}
    charity = [name for name in box.names if name in CHARITY]
    assert charity[:2] == ["ann", "ann"]
    assert sorted(charity[2:4]) == ["fay", "hana"]
    assert charity[4] == "kit"
    assert sorted(charity[5:9]) == ROUND
    assert sorted(charity[9:13])[: len(charity) - 9] == sorted(charity[9:])
    agency = [name for name in box.names if name not in CHARITY]
    assert agency[0] == "esi"
    assert sorted(agency[1:4]) == ["esi", "ivor", "oz"]
    assert agency[4:6] == ["oz", "ivor"]
    assert sorted(agency[6:9]) == ["esi", "ivor", "oz"]
    assert len(set(box.ids)) == len(box.ids)
    assert {message["Subject"] for message in box.messages} == {"Something needs you today"}
    assert service.count("alerts_attempt", "outcome = 'started'") == len(box.ids)
