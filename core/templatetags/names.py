"""Names that were decided about by hand, as one reads them."""

from __future__ import annotations

from django import template

from core.redaction import written_in

register = template.Library()


@register.filter
def written_names(keys: list[str]) -> str:
    """“Park” (surname), “Mark” (first name)."""
    return ", ".join(f"“{written}” ({kind})" for kind, written in map(written_in, keys))
