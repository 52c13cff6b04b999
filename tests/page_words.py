"""Pages as a reader meets them: where a line of a template breaks makes no difference to the words."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

KEPT = re.compile(rb"(<textarea\b.*?</textarea>|<pre\b.*?</pre>)", re.DOTALL)
BROKEN = re.compile(rb"(?<!>)[ \t]*\n\s*|(?<=>)[ \t]*\n\s*(?![<\s])")


def joined_lines(html: bytes) -> bytes:
    """A break inside a sentence or a tag is a space. One between two tags stays, and so does what was typed."""
    parts = KEPT.split(html)
    return b"".join(part if KEPT.fullmatch(part) else BROKEN.sub(b" ", part) for part in parts)


class ReadingClient(Client):
    """A browser whose pages are compared by their words."""

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(answer, HttpResponse) and not answer.streaming:
            answer.content = joined_lines(answer.content)
        return answer
