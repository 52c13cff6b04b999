"""The form key: each form on a page carries one, so that a form sent twice is taken once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.crypto import salted_hmac

FORM_KEY = "form_key"
STORY = "story"
"""The field that says which line of the record’s story was the last when the page was made (core/old_pages.py)."""
LOADED = "as_loaded"
"""The field that says how the record stood when the page was made (core/forms/changing.py)."""
NOT_WORDS = {FORM_KEY, "csrfmiddlewaretoken"}
"""Fields of a form that hold nothing its person wrote or chose."""

_signer = Signer(salt="form key")


class FormKey(NamedTuple):
    """The key of one form, and the person whose page it is on."""

    key: UUID
    person: int

    @property
    def signed(self) -> str:
        """The key as the form carries it: signed, so that nobody can invent one."""
        return _signer.sign(f"{self.key}/{self.person}")


def new_form_key(person: int) -> str:
    """A new signed key for a form on this person's page."""
    return FormKey(uuid4(), person).signed


def form_key_of(data: QueryDict) -> FormKey | None:
    """The key that came with a form; None when there is none, or its signature is wrong."""
    try:
        key, person = _signer.unsign(data.get(FORM_KEY, "")).split("/")
        return FormKey(UUID(key), int(person))
    except (BadSignature, ValueError):
        return None


def digests_of(data: QueryDict, key: UUID) -> dict[str, str]:
    """A keyed hash of each field that was sent. It shows whether two texts are the same, and not what they say."""
    return {name: _digest_of(key, name, data.getlist(name)) for name in sorted(data) if is_word(name)}


def is_word(name: str) -> bool:
    """Whether a field holds what its person chose or wrote."""
    return name not in {*NOT_WORDS, STORY} and not name.endswith(LOADED)


def _digest_of(key: UUID, name: str, values: Iterable[str]) -> str:
    same = "\0".join(value.replace("\r\n", "\n").strip() for value in values)
    return salted_hmac(f"form:{key}", f"{name}\0{same}", algorithm="sha256").hexdigest()[:32]
