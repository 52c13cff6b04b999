"""Addresses of the core member's pages."""

from django.urls import include, path

app_name = "offenders"

urlpatterns = [
    path("", include("offenders.consent.urls")),
    path("", include("offenders.overview.urls")),
    path("", include("offenders.secure_domain.urls")),
    path("", include("offenders.wall.urls")),
    path("", include("offenders.lead.urls")),
    path("", include("offenders.mappa.urls")),
    path("", include("offenders.restriction.urls")),
    path("", include("offenders.risk.urls")),
    path("", include("offenders.contact.urls")),
    path("", include("offenders.identity.urls")),
    path("", include("offenders.referral.urls")),
    path("", include("offenders.eligibility.urls")),
    path("", include("offenders.panel.urls")),
]
