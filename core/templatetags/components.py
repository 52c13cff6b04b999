"""The components of a page: each a tag around its content, drawn by its template in templates/components."""

from __future__ import annotations

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()


def _drawn(component: str, content: str, /, **parameters: str) -> SafeString:
    """The content is already escaped: it is what the template between the two tags made."""
    drawn = get_template(f"components/{component}.html").render({"content": SafeString(content.strip()), **parameters})
    return SafeString(drawn.strip())


@register.simple_block_tag
def tag(content: str, tone: str = "") -> SafeString:
    """A state or a level in a pill. Tones: act (somebody must act), ok, calm, quiet; none is neutral."""
    return _drawn("tag", content, tone=tone)


@register.simple_block_tag
def summary_row(content: str, key: str) -> SafeString:
    """A fact and its value, in a `govuk-summary-list`."""
    return _drawn("summary_row", content, key=key)


@register.simple_block_tag
def timeline_item(content: str, tone: str = "") -> SafeString:
    """What happened, in a `wm-timeline`. Tones: done, coming, act; none is neutral."""
    return _drawn("timeline_item", content, tone=tone)


@register.simple_block_tag
def notice(content: str, role: str = "") -> SafeString:
    """What is told after an act. `role="status"` has it read out."""
    return _drawn("notice", content, role=role)


@register.simple_block_tag
def empty_state(content: str) -> SafeString:
    """The sentence that stands where a list would, when there is nothing to list."""
    return _drawn("empty_state", content)


@register.simple_block_tag
def card(content: str, title: str = "", tone: str = "", name: str = "") -> SafeString:
    """What belongs together. With a title it is a section named by it, and `name` is the title's id. Tones: act, ok."""
    return _drawn("card", content, title=title, tone=tone, name=name)
