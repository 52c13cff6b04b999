"""Taking a form once for each key, and keeping what was sent when the session was over."""

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
"""No page stays open for longer and is then sent once more."""


@transaction.atomic
def take_form(key: FormKey, *, page: str, digests: dict[str, str], by: User, at: datetime) -> tuple[Submission, bool]:
    """The one row of this key, and whether this call made it. A second call waits until the first has ended."""
    new = Submission(key=key.key, page=page, person=by, digests=digests, sent_at=at)
    Submission.objects.bulk_create([new], ignore_conflicts=True)
    row = Submission.objects.select_for_update().get(key=key.key, page=page)
    return row, not row.led_to


def keep_result(taken: Submission, *, led_to: str) -> None:
    """The form was taken: whoever sends it again is led to the same place. What was kept of it is kept no longer."""
    taken.led_to = led_to
    taken.save(update_fields=["led_to"])
    KeptForm.objects.filter(key=taken.key).delete()


def release_form(taken: Submission) -> None:
    """Nothing came of it: the form came back with something to put right, and its key is as if never used."""
    taken.delete()


def context_of(key: FormKey) -> str:
    """What a sealed form is bound to: it opens as this form of this person and as no other."""
    return f"kept form {key.key}/{key.person}"


@transaction.atomic
def keep_form(key: FormKey, *, page: str, data: QueryDict, at: datetime) -> None:
    """Keep what was sent by somebody whose session was over, for the person the form was drawn for."""
    KeptForm.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    words = {name: data.getlist(name) for name in data if name not in NOT_WORDS}
    sealed = get_keyring().seal(json.dumps(words).encode(), context=context_of(key))
    row = KeptForm(key=key.key, page=page, person_id=key.person, sealed=sealed, kept_at=at)
    changing = ["page", "sealed", "kept_at"]
    KeptForm.objects.bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=changing)


def words_of(kept: KeptForm) -> dict[str, list[str]]:
    """What was sent, opened."""
    opened = get_keyring().open(bytes(kept.sealed), context=context_of(FormKey(kept.key, kept.person_id)))
    found: dict[str, list[str]] = json.loads(opened)
    return found


@transaction.atomic
def forget_forms(*, at: datetime) -> None:
    """Kept forms go after a day, what is known of those that were taken after a month."""
    KeptForm.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    Submission.objects.filter(sent_at__lt=at - REMEMBERED_FOR).delete()
