"""The list of secure e-mail domains: a manager keeps it, and every room that sends e-mail asks it."""

from __future__ import annotations

import pytest

from audit.models import Act, Entry
from core.errors import Refused
from offenders.secure_domain.models import SecureDomain
from offenders.secure_domain.operations import add_secure_domain, end_secure_domain, require_secure
from tests.world import World


def test_hana_keeps_the_list_and_the_trail_keeps_hana(world: World) -> None:
    added = add_secure_domain(name=" @Mail.Example.org ", by=world.hana, at=world.now)
    assert SecureDomain.objects.is_secure_address("a@mail.example.org")
    with pytest.raises(Refused, match="on the list already"):
        add_secure_domain(name="mail.example.org", by=world.hana, at=world.now)
    with pytest.raises(Refused, match="part after the @ alone"):
        add_secure_domain(name="a@b", by=world.hana, at=world.now)
    end_secure_domain(added, by=world.hana, at=world.now)
    assert not SecureDomain.objects.is_secure_address("a@mail.example.org")
    acts = Entry.objects.filter(kind="secure domain").values_list("act", flat=True)
    assert set(acts) == {Act.GRANTED, Act.REVOKED}


@pytest.mark.parametrize(
    ("address", "why"), [("", "Write the secure e-mail address"), ("lane@example.com", "not on the list")]
)
def test_an_address_elsewhere_is_refused_on_the_forms_own_field(world: World, address: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        require_secure(address, field="to")
    assert refused.value.field == "to"
