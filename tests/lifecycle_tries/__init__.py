"""Acts on pages that take arrows of the lifecycles which no row of the page table takes, by the app of the records."""

from __future__ import annotations

from tests.lifecycle_tries import circles, concerns, people, referrals

TRIES = {
    "accounts": people.ACCOUNTS,
    "circles": circles.TRIES,
    "concerns": concerns.TRIES,
    "offenders": [*people.CORE_MEMBERS, *referrals.REFERRALS],
    "volunteers": people.VOLUNTEERS,
}

CLOCKS = {"offenders": [referrals.lapse_two]}
"""What a clock does by itself, after it has made what it finds."""
