"""Addresses of the consent room’s pages."""

from django.urls import path

from offenders.consent import views

urlpatterns = [
    path("consent/", views.publish_consent_text, name="publish_consent_text"),
    path("<ref:reference>/consent/", views.consent, name="consent"),
    path("<ref:reference>/consent/record/", views.record_consent, name="record_consent"),
    path("<ref:reference>/consent/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("<ref:reference>/consent/sheet/", views.consent_sheet, name="consent_sheet"),
]
