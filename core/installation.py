"""What stands in the environment: what is set, what is missing, and what works but is unsafe so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection

from core.keyring import get_keyring
from core.telephones import stored_number_of

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}
EXAMPLES = ("example.org", "example.com", ".invalid")


class Standing(Enum):
    """How something stands that an operator sets."""

    SET = "set"
    UNSAFE = "unsafe"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in a sentence that says what to do if it is not right."""

    standing: Standing
    words: str


def findings_of_environment() -> list[Finding]:
    """Everything that is set in the environment, looked at and tried."""
    return [*_address(), *_on_call(), *_keys(), *_mail(), *_texts(), *_watching()]


def _address() -> Iterator[Finding]:
    if settings.DEMO:
        yield Finding(Standing.UNSAFE, "DEMO is on: anybody becomes anybody. Switch it off for a real service.")
    elif any(example in settings.SITE_ADDRESS for example in EXAMPLES):
        yield Finding(
            Standing.MISSING,
            f"SITE_ADDRESS is the example’s, {settings.SITE_ADDRESS}. Write the address that people will type: passkeys "
            "belong to it, so it cannot change later.",
        )
    else:
        yield Finding(Standing.SET, f"People type {settings.SITE_ADDRESS}.")


def _on_call() -> Iterator[Finding]:
    number = settings.ON_CALL_TELEPHONE
    if stored_number_of(number) is None:
        yield Finding(Standing.MISSING, f"ON_CALL_TELEPHONE is “{number}”, which nobody can ring. Write one number.")
    else:
        yield Finding(Standing.SET, f"{number} is answered day and night when no shift is planned.")


def _keys() -> Iterator[Finding]:
    keyring = get_keyring()
    others = len(keyring.keys) - 1
    also = f", and {others} earlier" if others else ""
    yield Finding(
        Standing.SET,
        f"New words are sealed with the key “{keyring.current}”{also}. Print KEYRING and INDEX_KEY and keep them in two "
        "places: without them what is sealed is lost.",
    )


def _mail() -> Iterator[Finding]:
    server, sender = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}", settings.DEFAULT_FROM_EMAIL
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as failure:
        yield Finding(
            Standing.MISSING,
            f"The mail server {server} does not let us in ({type(failure).__name__}). Look at EMAIL_HOST, EMAIL_PORT, "
            "EMAIL_HOST_USER, EMAIL_HOST_PASSWORD and EMAIL_USE_TLS. Until it does, nobody is told anything.",
        )
    else:
        connection.close()
        yield Finding(Standing.SET, f"The mail server {server} lets us in; messages come from {sender}.")
    if not settings.EMAIL_USE_TLS and settings.EMAIL_HOST not in OWN_MACHINE:
        yield Finding(Standing.UNSAFE, "EMAIL_USE_TLS is no: whoever is on the way can read messages. Write yes.")
    if any(example in sender for example in EXAMPLES) and not settings.DEMO:
        yield Finding(Standing.MISSING, f"EMAIL_FROM is an example’s, {sender}. Write a neutral address of your own.")


def _texts() -> Iterator[Finding]:
    if not settings.NOTIFY_API_KEY:
        yield Finding(
            Standing.UNSAFE,
            "NOTIFY_API_KEY is empty: no texts are sent, and what is urgent goes by e-mail alone.",
        )
        return
    yield Finding(Standing.SET, "Texts go through GOV.UK Notify.")
    if not settings.TEXTS_RECEIPTS_TOKEN:
        yield Finding(
            Standing.UNSAFE, "TEXTS_RECEIPTS_TOKEN is empty: Notify cannot say at once that a text did not arrive."
        )


def _watching() -> Iterator[Finding]:
    """Whether somebody outside notices when the service stops."""
    watcher = urlsplit(settings.DEAD_MAN_URL).hostname
    if watcher:
        yield Finding(Standing.SET, f"{watcher} raises the alarm when it hears nothing from here.")
    else:
        yield Finding(Standing.UNSAFE, "DEAD_MAN_URL is empty: if the whole service stops, nobody outside notices.")
    if not settings.CANARY_ADDRESS:
        yield Finding(
            Standing.UNSAFE, "CANARY_ADDRESS is empty: mail that the server takes and never delivers is not noticed."
        )
