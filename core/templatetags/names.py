"""The filter that writes out names that somebody decided about by hand."""

from __future__ import annotations

from django import template

from core.redaction import kind_and_name_in

register = template.Library()


@register.filter
def written_names(keys: list[str]) -> str:
    """“Park” (surname), “Mark” (first name)."""
    return ", ".join(f"“{written}” ({kind})" for kind, written in map(kind_and_name_in, keys))
