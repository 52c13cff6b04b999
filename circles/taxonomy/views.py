"""Pages on which a manager adds, renames and retires the tags that minutes are sorted by."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from circles.taxonomy import operations
from circles.taxonomy.access import TaxonomyAccess
from circles.taxonomy.forms import RenameForm, TagForm
from circles.taxonomy.models import Tag
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of


def tags(request: SignedInRequest) -> HttpResponse:
    """List every tag by kind and group, with a form for a new one."""
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    form = TagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            tag = operations.add_tag(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"“{tag.name}” is in the list from the next log on.")
            return redirect("circles:tags")
    words = Tag.objects.visible_to(request.user).order_by("kind", "group", "position", "name")
    groups = [list(group) for _, group in groupby(words, key=_kind_and_group_of)]
    headed = [(_heading_of(group[0]), group) for group in groups]
    return TemplateResponse(request, "circles/taxonomy/tags.html", {"form": form, "groups": headed})


def _kind_and_group_of(tag: Tag) -> tuple[str, str]:
    return tag.kind, tag.group


def _heading_of(tag: Tag) -> str:
    kind = Tag.Kind(tag.kind).label
    return f"{kind}: {Tag.Group(tag.group).label.lower()}" if tag.group else str(kind)


def _find_tag(request: SignedInRequest, reference: str) -> Tag:
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    tag = only_row_of(Tag.objects.visible_to(request.user).filter(reference=reference))
    if tag is None:
        raise NotSeen(Tag.audit_kind, reference)
    return tag


def tag(request: SignedInRequest, reference: str) -> HttpResponse:
    """Rename one tag."""
    word = _find_tag(request, reference)
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": word.name})
    if form.is_valid():
        with refusals_on(form):
            operations.rename_tag(word, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Renamed.")
            return redirect("circles:tags")
    return TemplateResponse(request, "circles/taxonomy/tag.html", {"tag": word, "form": form})


@taken_from_any_page("the same word is retired once")
@require_POST
def retire(request: SignedInRequest, reference: str) -> HttpResponse:
    """Retire a tag, or restore a retired one."""
    word = _find_tag(request, reference)
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    if word.retired_at is None:
        operations.retire_tag(word, by=request.user, at=timezone.now())
        messages.success(request, f"“{word.name}” is no longer offered. Old minutes keep it.")
    else:
        operations.restore_tag(word, by=request.user, at=timezone.now())
        messages.success(request, f"“{word.name}” is offered again.")
    return redirect("circles:tags")
