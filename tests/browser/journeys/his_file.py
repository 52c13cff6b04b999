"""What a coordinator writes into a core member's file: who he is, and that he agreed to take part."""

from __future__ import annotations

from datetime import date

from tests.browser.journeys.desk import Desk


def write_down_who_he_is(desk: Desk) -> None:
    desk.follow("Write down who this is", "Write it down")
    desk.fill({"Surname": "Fennimore", "First names": "Eric"})
    desk.fill_day("Date of birth", date(1970, 5, 1))
    desk.press("Seal it")


def record_consent(desk: Desk, day: date) -> None:
    """From another tab of his record to what he has agreed to."""
    desk.follow("Consent and identity", "He has agreed")
    desk.fill_day("He agreed on", day)
    desk.choose("How", "He signed the text in easy words")
    desk.press("Save")
