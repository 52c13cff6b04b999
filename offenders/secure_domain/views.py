"""The page with the list of secure e-mail domains."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import NotSeen
from core.forms import refusals_on
from core.old_pages import taken_from_any_page
from core.rows import only_row_of
from offenders.secure_domain.access import SecureDomainAccess
from offenders.secure_domain.forms import DomainForm
from offenders.secure_domain.models import SecureDomain
from offenders.secure_domain.operations import add_secure_domain, end_secure_domain


@require_http_methods(["GET", "HEAD", "POST"])
def secure_domains(request: SignedInRequest) -> HttpResponse:
    """Show the list; a manager may add to it."""
    may = SecureDomainAccess(request.user)
    may.require(SecureDomainAccess.change_domains if request.method == "POST" else SecureDomainAccess.read_domains)
    form = DomainForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            add_secure_domain(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is on the list.")
            return redirect("offenders:secure_domains")
    listed = SecureDomain.objects.visible_to(request.user).current().select_related("added_by").order_by("name")
    return TemplateResponse(
        request, "offenders/secure_domain/secure_domains.html", {"domains": listed, "form": form, "may": may}
    )


@taken_from_any_page("a domain is on the list or it is off")
@require_POST
def end_domain(request: SignedInRequest, number: int) -> HttpResponse:
    """Take one domain off the list."""
    SecureDomainAccess(request.user).require(SecureDomainAccess.change_domains)
    domain = only_row_of(SecureDomain.objects.visible_to(request.user).current().filter(pk=number))
    if domain is None:
        raise NotSeen(SecureDomain.audit_kind, str(number))
    end_secure_domain(domain, by=request.user, at=timezone.now())
    return redirect("offenders:secure_domains")
