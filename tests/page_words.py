"""A test browser that joins the lines of a page, so that tests find sentences however the template breaks them."""

from __future__ import annotations

import re
from typing import Any

from django.core.signals import setting_changed
from django.http import HttpResponse
from django.test import Client, client
from django.test.client import ClientHandler
from django.test.client import store_rendered_templates as store_template

KEPT = re.compile(rb"(<textarea\b.*?</textarea>|<pre\b.*?</pre>)", re.DOTALL)
BROKEN = re.compile(rb"(?<!>)[ \t]*\n\s*|(?<=>)[ \t]*\n\s*(?![<\s])")


def _join_lines(html: bytes) -> bytes:
    """Turn line breaks inside a sentence or a tag into spaces. Breaks between tags and in typed text stay."""
    parts = KEPT.split(html)
    return b"".join(part if KEPT.fullmatch(part) else BROKEN.sub(b" ", part) for part in parts)


def _store_whole_page(
    store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **given: Any
) -> None:
    """Keep what a view gave to its page. Django also copies what each included piece was given, which no test reads."""
    if getattr(context, "template", None) is template:
        store_template(store, signal, sender, template, context, **given)


client.store_rendered_templates = _store_whole_page

SHARED_HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One handler for all browsers. A new one builds the middleware again, which is a tenth of what a refusal costs."""


def _rebuild_middleware(**setting: Any) -> None:
    """Build the middleware again after a setting changed, because some of it reads settings only then."""
    SHARED_HANDLER._middleware_chain = None


setting_changed.connect(_rebuild_middleware)


class ReadingClient(Client):
    """A test browser whose pages have their lines joined."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.handler = SHARED_HANDLER

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(answer, HttpResponse) and not answer.streaming:
            answer.content = _join_lines(answer.content)
        return answer
