"""How times, lengths of time and levels are written: on pages, in stories and in refusals. Nothing else formats them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.form_key import FORM_KEY, STORY, new_form_key
from core.old_pages import marks_of
from core.sight import Recordable, note_words
from core.worktime import LONDON

register = template.Library()

TAG = re.compile(r"(<[^<>]*>)")
REFERENCE = re.compile(r"\b([A-Z0-9]{1,4}(?:-[A-Z0-9]{1,8}){1,2})\b")

TONES = {"immediate": "act", "urgent": "act", "priority": "calm", "log": "quiet"}


def local(value: datetime) -> datetime:
    """The same moment on a London clock."""
    return value.astimezone(LONDON)


class KeyedForm(CsrfTokenNode):
    """Django’s CSRF token, the form key and the story marks. Every form has the token, so it gets all three."""

    def render(self, context: Context) -> SafeString:
        request = getattr(context, "request", None) or context.get("request")
        token = SafeString(super().render(context))
        user = getattr(request, "user", None)
        if not token or request is None or user is None or user.pk is None:
            return token
        hidden = [(FORM_KEY, new_form_key(user.pk)), *[(STORY, mark) for mark in marks_of(request)]]
        return token + format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden)


@register.tag("csrf_token")
def keyed_form(parser: Parser, token: Token) -> KeyedForm:
    """`{% csrf_token %}` on every page, the libraries' pages too."""
    return KeyedForm()


@register.simple_tag(takes_context=True)
def page_above(context: Context) -> str:
    """The address of the nearest page above this one."""
    path = str(context["request"].path)
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        return f"{path}/"
    return "/"


@register.filter
def unbroken(words: object) -> SafeString:
    """Words in which no reference breaks at its hyphen: C-0142 stands on one line, on a narrow telephone too."""
    before, *pairs = REFERENCE.split(str(words))
    marked = format_html_join("", '<span class="wm-reference">{}</span>{}', zip(pairs[::2], pairs[1::2], strict=True))
    return format_html("{}{}", before, marked)


@register.filter
def unbroken_markup(markup: object) -> SafeString:
    """The same for markup that is safe already, such as a page's heading: its tags stay as they are."""
    pieces = (
        piece if piece.startswith("<") else REFERENCE.sub(r'<span class="wm-reference">\1</span>', piece)
        for piece in TAG.split(str(markup))
    )
    return SafeString("".join(pieces))


@register.simple_tag
def note_words_of(record: Recordable) -> str:
    """Write into the trail that words of this record stand on the page. Draws nothing."""
    note_words([record])
    return ""


@register.simple_tag
def now_in_full() -> str:
    """The moment at which the page is made. It stands on the printed page."""
    return moment_in_full(timezone.now())


@register.simple_tag
def on_call_number() -> str:
    """The on-call number from the settings, for pages that are shown when the database cannot be reached."""
    return str(settings.ON_CALL_TELEPHONE)


@register.filter
def clock(value: datetime | time | None) -> str:
    """A time of day: 9:36 pm."""
    if value is None:
        return ""
    here = value if isinstance(value, time) else local(value)
    return f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"


@register.filter
def day(value: datetime | date | None) -> str:
    """A day as people say it: today, yesterday, 14 January. The year is written only if it is not this year."""
    if value is None:
        return ""
    date_here = local(value).date() if isinstance(value, datetime) else value
    today = local(timezone.now()).date()
    names = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if (today - date_here).days in names:
        return names[(today - date_here).days]
    written = f"{date_here.day} {date_here:%B}"
    return written if date_here.year == today.year else f"{written} {date_here.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time: yesterday 9:36 pm. For today only the time."""
    if value is None:
        return ""
    day_in_words = day(value)
    return clock(value) if day_in_words == "today" else f"{day_in_words} {clock(value)}"


@register.filter
def moment_in_full(value: datetime) -> str:
    """A moment with its whole date, for texts that are read later: 2:30 pm on 27 March 2027."""
    here = local(value)
    return f"{clock(value)} on {here.day} {here:%B %Y}"


@register.filter
def due_in_words(value: datetime | date | None) -> str:
    """When something is due: by 9:36 pm, by Friday 12:00 pm, by 22 January. Or: Late: due yesterday 5:00 pm.

    What is due on a day is late from the next day on, and no time of day is said: Late: was due yesterday.
    """
    if value is None:
        return ""
    if not isinstance(value, datetime):
        is_late = value < local(timezone.now()).date()
        return f"Late: was due {day(value)}" if is_late else f"by {day(value)}"
    if value <= timezone.now():
        return f"Late: due {moment(value)}"
    here, today = local(value), local(timezone.now()).date()
    away = (here.date() - today).days
    if away == 0:
        return f"by {clock(value)}"
    if 0 < away < 7:
        return f"by {here:%A} {clock(value)}"
    return f"by {day(value)}"


@register.filter
def has_passed(value: datetime | None) -> bool:
    """Whether a moment is in the past."""
    return value is not None and value <= timezone.now()


@register.filter
def length_in_words(length: timedelta | None) -> str:
    """A length of time: 40 s, 38 min, 2 h 10 min, 3 days."""
    if length is None:
        return ""
    seconds = int(abs(length).total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{hours // 24} days"


@register.filter
def hours(length: timedelta) -> str:
    """A sum of hours, never as days: 0 min, 40 min, 2 h 40 min, 62 h."""
    whole, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not whole:
        return f"{minutes} min"
    return f"{whole} h {minutes} min" if minutes else f"{whole} h"


@register.filter
def tone(level: str) -> str:
    """The tone of a level's tag. The tone “act” means that somebody must act."""
    return TONES.get(str(level), "calm")
