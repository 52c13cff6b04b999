"""Words for the referrer: neutral, so that a mail read by somebody else says nothing of what he did."""

from __future__ import annotations

import re

from core.errors import Refused

SAYS_WHAT_HE_DID = re.compile(
    r"\b(offen[cd]\w*|convict\w*|sex\w*|rap(?:e|ed|ist)\w*|abus\w*|victim\w*|paedo\w*|indecen\w*|child\w*|porn\w*|SHPO|prison\w*)\b",
    re.IGNORECASE,
)
"""Words that say what he did. None of them goes to the referrer with an answer (domain.md 4.5)."""


def require_neutral(words: str, *, field: str) -> str:
    """The words that the referrer will read. Refuses those that say what he did."""
    words = words.strip()
    if not words:
        raise Refused("Write what the referrer is told.", field=field)
    telling = SAYS_WHAT_HE_DID.search(words)
    if telling:
        raise Refused(
            f"Leave out “{telling.group()}”: what he did is not said to the referrer. Write what would help now.",
            field=field,
        )
    return words
