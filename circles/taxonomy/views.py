"""The words minutes are sorted by: a manager adds, renames and retires them."""

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


def tags(request: SignedInRequest) -> HttpResponse:
    """Every word, by kind and group, and a form for a new one."""
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    form = TagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            tag = operations.add_tag(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"“{tag.name}” is there from the next log on.")
            return redirect("circles:tags")
    words = Tag.objects.visible_to(request.user).order_by("kind", "group", "position", "name")
    groups = [(heading(of[0]), of) for _, of in ((key, list(all_of)) for key, all_of in groupby(words, key=kind_of))]
    return TemplateResponse(request, "circles/taxonomy/tags.html", {"form": form, "groups": groups})


def kind_of(tag: Tag) -> tuple[str, str]:
    return tag.kind, tag.group


def heading(tag: Tag) -> str:
    kind = Tag.Kind(tag.kind).label
    return f"{kind}: {Tag.Group(tag.group).label.lower()}" if tag.group else str(kind)


def find_tag(request: SignedInRequest, reference: str) -> Tag:
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    tag = Tag.objects.visible_to(request.user).filter(reference=reference).first()
    if tag is None:
        raise NotSeen(Tag.audit_kind, reference)
    return tag


def tag(request: SignedInRequest, reference: str) -> HttpResponse:
    """Rename one word."""
    word = find_tag(request, reference)
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": word.name})
    if form.is_valid():
        with refusals_on(form):
            operations.rename_tag(word, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Renamed.")
            return redirect("circles:tags")
    return TemplateResponse(request, "circles/taxonomy/tag.html", {"tag": word, "form": form})


@require_POST
def retire(request: SignedInRequest, reference: str) -> HttpResponse:
    """Offer a word no longer, or again."""
    word = find_tag(request, reference)
    TaxonomyAccess(request.user).require(TaxonomyAccess.change_taxonomy)
    if word.retired_at is None:
        operations.retire_tag(word, by=request.user, at=timezone.now())
        messages.success(request, f"“{word.name}” is not offered any more. Old minutes keep it.")
    else:
        operations.restore_tag(word, by=request.user, at=timezone.now())
        messages.success(request, f"“{word.name}” is offered again.")
    return redirect("circles:tags")
