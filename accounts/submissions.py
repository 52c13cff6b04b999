"""Takes a form once for each key, and keeps a form that came after the session had ended."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict

from accounts.models import KeptForm, Submission, User
from core.form_key import NOT_WORDS, FormKey
from core.keyring import get_keyring

KEPT_FOR = timedelta(days=1)
REMEMBERED_FOR = timedelta(days=30)
"""Nobody sends a form again from a page that has been open for longer."""


@transaction.atomic
def take_form(key: FormKey, *, page: str, digests: dict[str, str], by: User, at: datetime) -> tuple[Submission, bool]:
    """The row of this key, and whether the form is new. A second call waits until the first has ended."""
    new = Submission(key=key.key, page=page, person=by, digests=digests, sent_at=at)
    Submission.objects.bulk_create([new], ignore_conflicts=True)
    row = Submission.objects.select_for_update().get(key=key.key, page=page)
    return row, not row.led_to


def keep_result(taken: Submission, *, led_to: str) -> None:
    """Note where a taken form led, so that sending it again leads there too. Delete the kept copy of it."""
    taken.led_to = led_to
    taken.save(update_fields=["led_to"])
    KeptForm.objects.filter(key=taken.key).delete()


def release_form(taken: Submission) -> None:
    """Forget a form that came back with something to correct, so that its key can be used again."""
    taken.delete()


def _context_of(key: FormKey) -> str:
    """The context of a sealed form: it opens only as this form of this person."""
    return f"kept form {key.key}/{key.person}"


@transaction.atomic
def keep_form(key: FormKey, *, page: str, data: QueryDict, at: datetime) -> None:
    """Keep a form that came after the session had ended, for the person whose page it came from."""
    KeptForm.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    words = {name: data.getlist(name) for name in data if name not in NOT_WORDS}
    sealed = get_keyring().seal(json.dumps(words).encode(), context=_context_of(key))
    row = KeptForm(key=key.key, page=page, person_id=key.person, sealed=sealed, kept_at=at)
    changing = ["page", "sealed", "kept_at"]
    KeptForm.objects.bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=changing)


def sent_words_of(kept: KeptForm) -> dict[str, list[str]]:
    """The opened words of a kept form, by field."""
    opened = get_keyring().open(bytes(kept.sealed), context=_context_of(FormKey(kept.key, kept.person_id)))
    words: dict[str, list[str]] = json.loads(opened)
    return words


@transaction.atomic
def forget_forms(*, at: datetime) -> None:
    """Delete kept forms after a day, and the record of taken forms after a month."""
    KeptForm.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    Submission.objects.filter(sent_at__lt=at - REMEMBERED_FOR).delete()
