"""Addresses of the disclosure room’s pages."""

from django.urls import path

from concerns.disclosure import views

urlpatterns = [
    path("circles/<ref:reference>/disclosures/", views.disclosures, name="disclosures"),
    path("circles/<ref:reference>/disclosures/ask/", views.ask, name="ask_disclosure"),
    path("disclosures/<ref:reference>/", views.disclosure, name="disclosure"),
    *[
        path(f"disclosures/<ref:reference>/{act}/", views.act_on, {"act": act}, name=f"disclosure_{act}")
        for act in views.ACTS
    ],
]
