"""The submit key: every form that is drawn for somebody carries one, so that sent twice it is taken once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.crypto import salted_hmac

FIELD = "form_key"
STORY = "story"
"""The last line of a record's story that the page knew on which a form stands (core/old_pages.py)."""
LOADED = "as_loaded"
"""How a form that changes what stands found it (core/forms/changing.py)."""
NOT_WORDS = {FIELD, "csrfmiddlewaretoken"}
"""What a form carries beside what its person chose and wrote."""

_signer = Signer(salt="form key")


class FormKey(NamedTuple):
    """Which form, and for whom it was drawn."""

    key: UUID
    person: int

    @property
    def signed(self) -> str:
        """As a form carries it: signed, so that nobody makes one up."""
        return _signer.sign(f"{self.key}/{self.person}")


def new_form_key(person: int) -> str:
    """A key for a form that is about to be drawn for this person."""
    return FormKey(uuid4(), person).signed


def form_key_of(data: QueryDict) -> FormKey | None:
    """The key that came with what was sent; None when there is none, or it is not ours."""
    try:
        key, person = _signer.unsign(data.get(FIELD, "")).split("/")
        return FormKey(UUID(key), int(person))
    except (BadSignature, ValueError):
        return None


def digests_of(data: QueryDict, key: UUID) -> dict[str, str]:
    """A keyed hash of each field that was sent: it tells whether words are the same, and never what they are."""
    return {name: digest(key, name, data.getlist(name)) for name in sorted(data) if is_word(name)}


def is_word(name: str) -> bool:
    """Whether a field holds what its person chose or wrote."""
    return name not in {*NOT_WORDS, STORY} and not name.endswith(LOADED)


def digest(key: UUID, name: str, values: Iterable[str]) -> str:
    same = "\0".join(value.replace("\r\n", "\n").strip() for value in values)
    return salted_hmac(f"form:{key}", f"{name}\0{same}", algorithm="sha256").hexdigest()[:32]
