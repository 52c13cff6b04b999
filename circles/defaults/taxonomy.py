"""The first tags, as domain.md 1.8 lists them. They are loaded once, then people edit them."""

from __future__ import annotations

from typing import Any

from circles.defaults.programmes import Models
from core.references import unused_reference

TOPICS = [
    "Accommodation",
    "Employment or training",
    "Benefits or debt",
    "Family",
    "Friendships",
    "Intimate relationships",
    "Health",
    "Mental health",
    "Alcohol or drugs",
    "Online activity",
    "Leisure or hobby",
    "Faith",
    "Licence, order or register",
    "Offence and victim empathy",
    "Relapse-prevention plan",
    "Stigma or the media",
    "Practical skills",
    "Plans and goals",
    "How the circle works",
]

RISKS = {
    "sexual": ["Sexual preoccupation", "Offence-related interest", "Pornography use", "Sexualised coping"],
    "attitudes": ["Minimising", "Blaming the victim", "Seeing children as sexual", "Entitlement", "Grievance"],
    "relationships": [
        "Loneliness",
        "Hostile to others",
        "Child-oriented friendships",
        "Unstable intimate relationship",
        "Negative associates",
    ],
    "self_management": ["Impulsive", "Poor problem-solving", "Poor mood control", "Rule-breaking", "Secrecy"],
    "acute": [
        "Access to victims",
        "Collapse of support",
        "Housing loss",
        "Job loss",
        "Substance relapse",
        "Crisis",
        "Hostility to supervision",
        "Boredom or empty time",
    ],
}

PROTECTIVE = [
    "Stable home",
    "Work or purposeful activity",
    "Adult friendships",
    "Honest with supervision",
    "Uses his coping plan",
    "Hopeful about the future",
    "Engaged with treatment",
    "Leisure",
    "Faith community",
    "Physical health",
]


def load_taxonomy(find: Models) -> None:
    """Add the first tags, unless there are tags already."""
    tag: Any = find("circles", "Tag")
    if tag.objects.exists():
        return
    words = [("topic", "", name) for name in TOPICS]
    words += [("risk", group, name) for group, names in RISKS.items() for name in names]
    words += [("protective", "", name) for name in PROTECTIVE]
    for position, (kind, group, name) in enumerate(words, start=1):
        reference = unused_reference(tag, "T")
        tag.objects.create(reference=reference, kind=kind, group=group, name=name, position=position)
