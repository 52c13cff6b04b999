"""What a new service starts with: its secure e-mail domains (domain.md 2.6) and the text of the consent (1.4).

A manager changes both later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.apps import apps

FIRST_DOMAINS = ["cjsm.net", "pnn.police.uk", "police.uk", "justice.gov.uk", "gov.uk", "nhs.net"]


def load_secure_domains(find: Callable[[str, str], Any] = apps.get_model) -> None:
    """Add the domains that are missing. `find` gives a model by app and name: today's, or a migration's own."""
    for name in FIRST_DOMAINS:
        find("offenders", "SecureDomain").objects.get_or_create(name=name)


FIRST_CONSENT = """\
I take part in the circle because I want to. I may stop at any time by telling the coordinator.

The volunteers are told what I was convicted of, what my risks are and what I must and must not do, so that they can \
help me. What is said in the circle stays in it, with one limit: whatever bears on the safety of a child, of anybody \
else or of me is passed on, to the coordinator at once, and by the coordinator to the police, probation or social care.

The people who manage me are told how the circle goes. That, and passing on a risk, is done under the law; it goes on \
if I stop taking part.

Every meeting is written down. I may ask to see what is written of me, and I keep a copy of this page.
"""
FIRST_CONSENT_EASY = """\
I choose to be in a circle.
I can stop. I tell the coordinator.
The people in my circle know what I did.
They know the rules that I must keep.
What we say stays in the circle.
But: if somebody may get hurt, they tell.
They tell the coordinator. The coordinator tells the police or probation.
They tell even if I have stopped.
They write down what we do.
I can ask to see it.
I keep a copy of this page.
"""


def load_consent_text(find: Callable[[str, str], Any] = apps.get_model) -> None:
    """Publish the first text unless there is one."""
    first = {"words": FIRST_CONSENT, "easy_words": FIRST_CONSENT_EASY, "published_on": date(2020, 1, 1)}
    find("offenders", "ConsentText").objects.get_or_create(version=1, defaults=first)
