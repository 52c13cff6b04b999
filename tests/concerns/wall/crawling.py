"""Everything a person can reach by following links from their first page, as they would read it."""

from __future__ import annotations

import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

from circles.calendar.operations import make_feed
from tests.world import World

MOST = 900
"""More pages than anybody of the world reaches; a crawl that needs more has lost its way."""

ONE_OF_MANY = [
    re.compile(r"/circles/words/[^/?]+/"),
    re.compile(r"/concerns/ladder/holidays/\d+/"),
    re.compile(r"/people/U-[^/?]+/(?P<form>[^/?]+)/"),
    re.compile(r"/volunteers/V-[^/?]+/(?P<form>[^/?]+)/"),
]
"""Pages about a word or a holiday that came with the service, and forms about one of all people: few are looked at."""
FEW = 4

LINK = re.compile(r"""(?:href|action)=["']([^"'#][^"']*)["']""")
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|submit_key|form_key|story|as_loaded)" value="[^"]*"|name="loaded" value="[0-9a-f-]{36}'
    r'|nonce="[^"]*"|data-key="[^"]*"'
)
"""What differs between two openings of one page and says nothing: tokens, keys and moments of forms."""

ELSEWHERE = ("/static/", "/account/", "/demo/", "/healthz", "/alerts/receipts/")
"""Files, signing in and out, and what machines ask."""


def text_of(answer: HttpResponse) -> str:
    """An answer as read: where it leads, and its words, those of a PDF too."""
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    else:
        words = body.decode(errors="replace")
    named = f"{answer.get('Content-Disposition', '')}\n{answer.get('Location', '')}"
    return CHANGING.sub("", f"{answer.status_code}\n{named}\n{words}")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the book as it is written there, with its name."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name or ""


def without_arguments() -> list[str]:
    """Addresses that name no record: pages nobody need link to."""
    return [f"/{route}" for route, _ in patterns(get_resolver()) if "<" not in route and "(" not in route]


def crawl(client: Client, *also: str) -> dict[str, str]:
    """Every address this person reaches with what stands there: from home, and from what names no record."""
    waiting = deque(["/", *without_arguments(), *also])
    found: dict[str, str] = {}
    looked_at: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        if address in found or address.startswith(ELSEWHERE) or is_one_more(address, looked_at):
            continue
        assert len(found) < MOST, "the crawl has lost its way"
        answer = client.get(address, headers={"accept": "text/html"})
        found[address] = text_of(answer)
        if answer.get("Location"):
            waiting.append(local(address, answer["Location"]))
        waiting.extend(local(address, link) for link in LINK.findall(found[address]))
    return found


def is_one_more(address: str, seen: Counter[str]) -> bool:
    """Whether this is one more page of a kind of which a few were looked at."""
    about = next((match for kind in ONE_OF_MANY if (match := kind.fullmatch(address))), None)
    if about is None:
        return False
    kind = about.groupdict().get("form") or about.re.pattern
    seen[kind] += 1
    return seen[kind] > FEW


def local(base: str, link: str) -> str:
    """An address of ours, without host and fragment; home for any other."""
    parts = urlsplit(urljoin(f"http://testserver{base}", link.replace("&amp;", "&")))
    if parts.scheme != "http" or parts.netloc != "testserver":
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def calendar_of(world: World, name: str) -> list[str]:
    """The address of somebody's calendar, for those who keep one."""
    person = world.people[name]
    if name not in {"ann", "pat", "ben", "tom", "uma", "vic", "dev"}:
        return []
    return [urlsplit(f"/calendar/{make_feed(by=person, at=world.now)[1]}.ics").path]


def mails_to(address: str) -> list[str]:
    """What left the building for this person."""
    return [f"{sent.subject}\n{sent.body}" for sent in mail.outbox if address in sent.to]
