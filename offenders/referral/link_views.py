"""The referrer’s pages, through a link: the form while it is hers, and how the referral stands."""

from __future__ import annotations

from functools import partial

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotSeen, Refused
from core.forms import refusals_on
from offenders.core_member.forms import ConfirmForm
from offenders.referral import link_operations
from offenders.referral.answers import answers_of, missing_in_words
from offenders.referral.form_views import FormWriter, section_named, show_part, show_section
from offenders.referral.link_models import ReferrerLink
from offenders.referral.status_words import status_for_referrer

TOKEN = "referrer_link"  # noqa: S105 - the name of a place in the session


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def referrer_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with only a button: mail scanners follow links, but press no buttons."""
    too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if too_many:
        return too_many
    link = link_operations.find_link(token, at=timezone.now())
    if link is None:
        return _no_link_page(request)
    if request.method != "POST":
        return TemplateResponse(request, "offenders/referral/by_link_begin.html", {"form": ConfirmForm()})
    link_operations.open_link(link, at=timezone.now())
    request.session.cycle_key()
    request.session[TOKEN] = token
    return redirect("offenders:referring")


def _no_link_page(request: HttpRequest) -> HttpResponse:
    """The same page for a link that was used, is too old or was never sent."""
    words = {"words": link_operations.NO_LONGER}
    return TemplateResponse(request, "offenders/referral/by_link_none.html", words, status=404)


def _link_of(request: HttpRequest) -> ReferrerLink | None:
    """The open link that this browser came through."""
    return link_operations.find_link(request.session.get(TOKEN, ""), at=timezone.now())


def _writer_of(link: ReferrerLink) -> FormWriter:
    """The form as the referrer fills it in. She sees what is answered while it is hers, and no other record."""
    return FormWriter(
        rows=answers_of(link.referral),
        write=partial(link_operations.save_section_by_link, link),
        address=_section_address,
        home=reverse("offenders:referring"),
    )


def _section_address(section: str, number: int | None = None) -> str:
    if number is None:
        return reverse("offenders:referring_section", args=[section])
    return reverse("offenders:referring_part", args=[section, number])


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def referring(request: HttpRequest) -> HttpResponse:
    """The sections of the form, and the button to send it; or how the referral stands."""
    link = _link_of(request)
    if link is None:
        return _no_link_page(request)
    if link.purpose == ReferrerLink.Purpose.READ:
        status = status_for_referrer(link.referral)
        return TemplateResponse(request, "offenders/referral/by_link_status.html", {"status": status})
    writer = _writer_of(link)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            link_operations.send_form_by_link(link, at=timezone.now())
            del request.session[TOKEN]
            return TemplateResponse(request, "offenders/referral/by_link_sent.html")
    context = {
        "form": form,
        "sections": writer.sections,
        "missing": missing_in_words(filled for filled, _ in writer.sections),
        "asked_for": link.referral.asked_for,
        "asked_until": link.referral.asked_until,
        "link": link,
    }
    return TemplateResponse(request, "offenders/referral/by_link_form.html", context)


def _writing_link_of(request: HttpRequest) -> ReferrerLink | None:
    link = _link_of(request)
    return link if link is not None and link.purpose == ReferrerLink.Purpose.WRITE else None


def _writer_for(request: HttpRequest) -> FormWriter:
    """The form of this browser’s link. If it ended while she wrote, her words come back with what to do, and are not kept."""
    link = _writing_link_of(request)
    if link is not None:
        return _writer_of(link)
    if request.method != "POST":
        raise NotSeen("link", "")
    return FormWriter(rows=[], write=_refuse_to_write, address=_section_address, home=reverse("offenders:referring"))


def _refuse_to_write(**answers: object) -> None:
    raise Refused(f"{link_operations.NO_LONGER} What you wrote is below: copy it first.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def referring_section(request: HttpRequest, section: str) -> HttpResponse:
    """One section of the form."""
    return show_section(request, _writer_for(request), section)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def referring_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """One offence, assessment or professional."""
    return show_part(request, _writer_for(request), section, number)


@login_not_required
@require_POST
def remove_referring_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Take one offence, assessment or professional off the form."""
    link, kind = _writing_link_of(request), section_named(section)
    if link is None:
        raise NotSeen("link", "")
    link_operations.remove_answers_by_link(link, section=kind.name, number=number, at=timezone.now())
    return redirect("offenders:referring_section", kind.name)
