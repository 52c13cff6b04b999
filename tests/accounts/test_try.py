"""Try."""
from django.test import Client
from django.urls import reverse
def test_try(world, as_person):
    c = as_person(world.hana)
    for n, a in [("people", []), ("invite", []), ("add_agency", []), ("me", []), ("second_factor", []), ("person", [world.ben.reference]), ("suspend", [world.ben.reference]), ("end", [world.ben.reference]), ("invitation", ["xx"]), ("join", [])]:
        r = c.get(reverse(f"accounts:{n}", args=a))
        print(n, r.status_code, r.headers.get("Location"))
    print(c.post(reverse("accounts:stay")).status_code)
    assert 0
