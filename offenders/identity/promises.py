"""Whether every identity can still be opened, for the status page and the watcher."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Q, Window

from core.keyring import CannotOpen, get_keyring
from offenders.identity.models import Identity
from offenders.identity.sealing import index_check_of, open_data_key


def identity_sentences() -> list[str]:
    """A sentence for each way in which identities do not open or are not found. No sentence names a case."""
    keyring = get_keyring()
    conditions = {
        "unreadable": Q(unreadable_at__isnull=False),
        "without_key": ~Q(key_id__in=settings.KEYRING),
        "indexed_otherwise": ~Q(index_check=index_check_of(keyring)),
    }
    counts = {name: Window(Count("pk", filter=condition)) for name, condition in conditions.items()}
    newest = Identity.objects.filter(erased_at=None).annotate(**counts).order_by("-written_at").first()
    if newest is None:
        return []
    sentences = {
        "unreadable": "names did not open: put back the keys of KEYRING they were sealed with",
        "without_key": "names are sealed with a key that is not in KEYRING: put that key back",
        "indexed_otherwise": "names cannot be searched: INDEX_KEY was changed. Run manage.py rotate_identity_keys",
    }
    found = [f"{count} {words}" for name, words in sentences.items() if (count := getattr(newest, name))]
    if newest.key_id in settings.KEYRING:
        try:
            open_data_key(newest, keyring)
        except CannotOpen:
            found.append("the keys of KEYRING are not those that sealed the names: put the right ones back")
    return found
