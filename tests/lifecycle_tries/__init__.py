"""Acts on pages that take arrows of the lifecycles which no row of the page table takes, by the app of the records."""

from __future__ import annotations

from tests.lifecycle_tries import circles, concerns, people

TRIES = {
    "accounts": people.ACCOUNTS,
    "circles": circles.TRIES,
    "concerns": concerns.TRIES,
    "offenders": people.CORE_MEMBERS,
    "volunteers": people.VOLUNTEERS,
}
