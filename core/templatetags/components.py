"""The components of a page. Each is a template tag, most of them around content, with a template in templates/components."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from core.templatetags.ui import due_in_words, has_passed, local

register = template.Library()

STATE_TONES = {
    "acknowledged": "ok",
    "approved": "ok",
    "closed": "ok",
    "done": "ok",
    "signed_off": "ok",
    "cancelled": "quiet",
    "missed": "quiet",
    "not_held": "quiet",
    "failed": "act",
}
"""How a state's tag looks where its word alone is not enough; every other state is neutral."""


def _draw_component(component: str, content: str, /, **parameters: Any) -> SafeString:
    """Render a component. Its content is already escaped: the template between the two tags made it."""
    html = get_template(f"components/{component}.html").render({"content": SafeString(content.strip()), **parameters})
    return SafeString(html.strip())


def _address_of(to: str, *args: object) -> str:
    """The address itself, or the address of the page with this name and these arguments."""
    return to if to.startswith(("/", "#", "?", "tel:")) else reverse(to, args=args)


@register.filter
def state_tone(state: str) -> str:
    """The tone of a state's tag."""
    return STATE_TONES.get(str(state), "")


@register.simple_block_tag
def tag(content: str, tone: str = "") -> SafeString:
    """A state or a level in a pill. Tones: act (somebody must act), ok, calm, quiet; none is neutral."""
    return _draw_component("tag", content, tone=tone)


@register.simple_tag
def due(by: datetime | date | None, must_act: bool = False) -> SafeString | str:
    """By when something is due, as a tag. What is overdue looks the same everywhere: “Late: due …”, in the warm colour.

    Something that is due on a day is late from the next day on. `must_act`: somebody must act before it is late.
    """
    if by is None:
        return ""
    late = has_passed(by) if isinstance(by, datetime) else by < local(timezone.now()).date()
    return _draw_component("due", escape(due_in_words(by)), tone="act" if late or must_act else "")


@register.simple_block_tag
def summary_row(content: str, key: str) -> SafeString:
    """A fact and its value, in a `govuk-summary-list`."""
    return _draw_component("summary_row", content, key=key)


@register.simple_block_tag
def timeline_item(content: str, tone: str = "") -> SafeString:
    """What happened, in a `wm-timeline`. Tones: done, coming, act; none is neutral."""
    return _draw_component("timeline_item", content, tone=tone)


@register.simple_block_tag
def notice(content: str, role: str = "") -> SafeString:
    """A message after an act. With `role="status"` a screen reader reads it out."""
    return _draw_component("notice", content, role=role)


@register.simple_block_tag
def countdown(content: str, until: datetime) -> SafeString:
    """What ends soon, with the minutes that are left. A script counts on; at the end the page is loaded again."""
    minutes = max(0, -(-int((until - timezone.now()).total_seconds()) // 60))
    left = "1 minute left" if minutes == 1 else f"{minutes} minutes left"
    return _draw_component("countdown", content, until=until, left=left)


@register.simple_block_tag
def empty_state(content: str) -> SafeString:
    """The sentence in the place of a list that has nothing in it."""
    return _draw_component("empty_state", content)


@register.simple_block_tag
def card(content: str, title: str = "", name: str = "", label: str = "", tone: str = "", look: str = "") -> SafeString:
    """What belongs together. It is a section if it is called something: by the heading with the id `name`, or by `label`.

    The heading is the page's own, or the card's `title`. Tones: act, ok. A look is what else is drawn: outgoing,
    watermarked, tonight, taps.
    """
    return _draw_component("card", content, title=title, name=name, label=label, tone=tone, look=look)


@register.simple_block_tag
def action_link(content: str, to: str, *args: object, tone: str = "", wide: bool = False) -> SafeString:
    """A link that looks like a button and leads on. To an address, or to a page by its name and what it takes.

    Tones: secondary, act, danger; none is the main one.
    """
    variant = "govuk-button--secondary" if tone == "secondary" else tone and f"wm-button--{tone}"
    return _draw_component("action_link", content, address=_address_of(to, *args), variant=variant, wide=wide)


@register.simple_block_tag
def tabs(content: str, label: str, inner: bool = False) -> SafeString:
    """A row of tabs, read out as `label`. An inner row stands below another one."""
    return _draw_component("tabs", content, label=label, inner=inner)


@register.simple_block_tag
def tab(content: str, to: str, *args: object, name: str = "", chosen: str = "", page: str = "") -> SafeString:
    """One tab. It is the current one if `chosen` is its name; `page` is the inner tab, where there is an inner row."""
    current = "" if not name or name != chosen else "page" if page in {"", name} else "true"
    return _draw_component("tab", content, address=_address_of(to, *args), current=current)


@register.simple_block_tag
def table(
    content: str, caption: str, *columns: str | list[str], look: str = "", titled: bool = False, wide: bool = False
) -> SafeString:
    """A table around its `<tbody>`. A column is its heading, or a list of headings; an empty one is left out.

    The caption is read out, and shown if it is the title. A wide table is scrolled sideways by itself, by keyboard too.
    Looks: stack (on a telephone each row is a list, whose cells say their column in `data-label`), difference (two halves).
    """
    headings = [
        heading for column in columns for heading in ([column] if isinstance(column, str) else column) if heading
    ]
    return _draw_component("table", content, caption=caption, columns=headings, look=look, titled=titled, wide=wide)


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any]) -> dict[str, Any]:
    """Links to the page before and the page after, if a list is longer than one page."""
    return {"page": page}
