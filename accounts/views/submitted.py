"""Takes each form once. The same form sent again gets the first answer; other words under its key are shown and not taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import KeptForm, Submission, User
from accounts.requests import SignedInRequest
from accounts.sent_words import fields_of_page, label_of, value_in_words
from accounts.submissions import KEPT_FOR, keep_result, release_form, sent_words_of, take_form
from core.constraints import refusal_of
from core.errors import NotSeen
from core.form_key import LOADED, NOT_WORDS, FormKey, digests_of, form_key_of, is_word
from core.locks import lock_key
from core.rows import only_row_of

PROVING = ("account_login", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
"""Pages on which somebody proves who they are, after which the form is sent on."""

View = Callable[..., HttpResponse]
Words = dict[str, list[str]]


def allow_repeats(why: str) -> Callable[[View], View]:
    """Mark a view whose form may be sent any number of times. `why` says why that does no harm."""

    def mark(view: View) -> View:
        view.allows_repeats = why  # type: ignore[attr-defined]
        return view

    return mark


def take_each_form_once(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Put `take_once` around every view of these addresses, except those that allow repeats."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            take_each_form_once(pattern.url_patterns)
        elif not hasattr(pattern.callback, "allows_repeats"):
            pattern.callback = take_once(pattern.callback)


def take_once(view: View) -> View:
    """Give the same form, sent twice, the first answer. Never answer other words as if they were taken.

    The view and the row of its form are one transaction: either both are written or neither.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not isinstance(request.user, User):
            return view(request, *args, **kwargs)
        key = form_key_of(request.POST)
        try:
            with transaction.atomic():
                if is_changing_form(request):
                    lock_key(request.path)
                if key is None or key.person != request.user.pk:
                    return view(request, *args, **kwargs)
                return _answer_keyed_form(request, key, request.user, lambda: view(request, *args, **kwargs))
        except IntegrityError as failure:
            refusal = refusal_of(failure)
            if refusal is None:
                raise
            return not_taken_page(request, dict(request.POST.lists()), refused=refusal.message)

    answer.takes_once = True  # type: ignore[attr-defined]
    return answer


def is_changing_form(request: HttpRequest) -> bool:
    """Whether a ChangingForm was sent. Such forms are compared one after the other, under a lock of their page."""
    return any(name.endswith(LOADED) for name in request.POST)


def _answer_keyed_form(request: HttpRequest, key: FormKey, by: User, go: Callable[[], HttpResponse]) -> HttpResponse:
    digests = digests_of(request.POST, key.key)
    taken, is_new = take_form(key, page=request.path, digests=digests, by=by, at=timezone.now())
    if is_new:
        response = go()
        if is_result(response):
            keep_result(taken, led_to=response.headers["Location"])
        else:
            release_form(taken)
        return response
    changed = [name for name in {**taken.digests, **digests} if taken.digests.get(name) != digests.get(name)]
    if not changed:
        return redirect(taken.led_to)
    return not_taken_page(request, dict(request.POST.lists()), taken=taken, changed=changed)


def is_result(response: HttpResponse) -> bool:
    """Whether the form was taken: then the view redirects. A redirect to sign in or to prove oneself does not count."""
    if response.status_code not in {302, 303}:
        return False
    return not response.headers["Location"].startswith(tuple(map(reverse, PROVING)))


def not_taken_page(
    request: HttpRequest,
    words: Words,
    *,
    page: str = "",
    refused: str = "",
    taken: Submission | None = None,
    changed: Iterable[str] | None = None,
    kept: KeptForm | None = None,
    since: Iterable[str] = (),
) -> HttpResponse:
    """A page with every word that was sent and not taken, under a new key, so that it can be sent from here."""
    fields = [(name, value) for name, values in words.items() if name not in NOT_WORDS for value in values]
    told = set(words) if changed is None else set(changed)
    page = page or request.get_full_path()
    asked = fields_of_page(page, set(words))
    shown = {
        "to": page,
        "refused": refused,
        "taken": taken,
        "kept": kept,
        "since": list(since),
        "key": FormKey(kept.key, kept.person_id).signed if kept else "",
        "until": kept.kept_at + KEPT_FOR if kept else None,
        "fields": fields,
        "told": [
            (label_of(name, asked.get(name)), value_in_words(value, asked.get(name)))
            for name, value in fields
            if name in told and is_word(name) and value.strip()
        ],
        "emptied": [
            label_of(name, asked.get(name))
            for name in sorted(told)
            if is_word(name) and not "".join(words.get(name, [])).strip()
        ],
    }
    return TemplateResponse(request, "accounts/not_taken.html", shown, status=200 if kept else 409)


@require_safe
def kept_form(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What was sent while signed out, given back to whoever the form was drawn for."""
    found = only_row_of(KeptForm.objects.visible_to(request.user).filter(key=key))
    if found is None:
        taken = only_row_of(Submission.objects.visible_to(request.user).filter(key=key))
        if taken is None:
            raise NotSeen("kept form", str(key))
        return redirect(taken.led_to)
    return not_taken_page(request, sent_words_of(found), page=found.page, kept=found)
