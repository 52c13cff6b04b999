"""Pages as a reader meets them: where a line of a template breaks makes no difference to the words."""

from __future__ import annotations

import re
from typing import Any

from django.core.signals import setting_changed
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

KEPT = re.compile(rb"(<textarea\b.*?</textarea>|<pre\b.*?</pre>)", re.DOTALL)
BROKEN = re.compile(rb"(?<!>)[ \t]*\n\s*|(?<=>)[ \t]*\n\s*(?![<\s])")


def joined_lines(html: bytes) -> bytes:
    """A break inside a sentence or a tag is a space. One between two tags stays, and so does what was typed."""
    parts = KEPT.split(html)
    return b"".join(part if KEPT.fullmatch(part) else BROKEN.sub(b" ", part) for part in parts)


HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One for all browsers: a new one puts the middleware together anew, a tenth of what a refusal costs."""


def put_middleware_together_anew(**setting: Any) -> None:
    """Some middleware reads settings only then."""
    HANDLER._middleware_chain = None


setting_changed.connect(put_middleware_together_anew)


class ReadingClient(Client):
    """A browser whose pages are compared by their words."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.handler = HANDLER

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(answer, HttpResponse) and not answer.streaming:
            answer.content = joined_lines(answer.content)
        return answer
