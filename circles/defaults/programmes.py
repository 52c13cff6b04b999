"""The first programmes, questionnaires and text of the agreement (domain.md 1.3, 1.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

PROGRAMMES = [
    ("P-ADULT", "Adult community circle", 12, "weekly", 4, 6),
    ("P-GATE", "Prison and through the gate", 18, "weekly", 4, 5),
    ("P-LEARN", "Circle for people with a learning disability", 12, "weekly", 4, 5),
    ("P-YOUNG", "Young people’s circle", 12, "weekly", 3, 5),
    ("P-MENTOR", "One-to-one mentoring", 12, "agreed", 1, 2),
]
"""Reference, name, months, how often, fewest and most volunteers."""

REVIEW_WEEKS = 13

QUESTIONNAIRES = [
    ("ucla-3", "UCLA loneliness, three questions", "loneliness", 3, "each 1 to 3", 3, 9, False),
    ("swemwbs", "Short Warwick-Edinburgh wellbeing", "wellbeing", 7, "each 1 to 5", 7, 35, True),
]
"""Used before and after circles (domain.md 1.9). A provider may have others."""

QUESTIONNAIRE_FIELDS = ["code", "name", "about", "questions", "scale", "lowest", "highest", "higher_is_better"]
"""The fields of each of those rows."""

FIRST_AGREEMENT = """\
We meet on the day and at the place we have agreed, and say early when we cannot come.

What is said in the circle stays in it, with this limit, which all of us know before we sign: whatever bears on \
the safety of a child, of anybody else or of the core member is passed on, to the coordinator at once and by the \
coordinator to the police, probation or social care. Nobody in the circle can promise to keep it back.

We write down every meeting. The coordinator reads it, and the core member may ask what is written of him.

We give no gifts, lend no money, and do not meet or speak outside the circle except as the circle has agreed. \
We do not look each other up, and are no friends on social media.

The core member speaks openly of what he has done and of what he is doing now. The volunteers listen, ask and say \
what they think.

Anybody may end their part by telling the coordinator. The circle ends when all of us have met to end it, or when \
the coordinator says that it must.
"""

Models = Callable[[str, str], Any]
"""A function that finds a model by app and name: the present one, or the one of a migration."""


def load_programmes(find: Models) -> None:
    """Add the programmes, the agreement and the questionnaires that are missing."""
    for reference, name, months, cadence, least, most in PROGRAMMES:
        find("circles", "Programme").objects.get_or_create(
            reference=reference,
            defaults={
                "name": name,
                "months": months,
                "cadence": cadence,
                "least_volunteers": least,
                "most_volunteers": most,
                "review_weeks": REVIEW_WEEKS,
            },
        )
    find("circles", "Agreement").objects.get_or_create(
        version=1, defaults={"words": FIRST_AGREEMENT, "published_on": date(2020, 1, 1)}
    )
    for row in QUESTIONNAIRES:
        find("circles", "Questionnaire").objects.get_or_create(
            code=row[0], defaults=dict(zip(QUESTIONNAIRE_FIELDS, row, strict=True))
        )
