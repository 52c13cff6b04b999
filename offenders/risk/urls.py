"""Addresses of the risk room’s pages."""

from django.urls import path

from offenders.risk import views

urlpatterns = [
    path("<ref:reference>/risk/", views.risk, name="risk"),
    path("<ref:reference>/risk/add/", views.add_risk_assessment, name="add_risk_assessment"),
    path(
        "<ref:reference>/risk/<int:assessment>/withdraw/",
        views.withdraw_risk_assessment,
        name="withdraw_risk_assessment",
    ),
    path("<ref:reference>/risk/notes/<slug:heading>/", views.write_risk_note, name="write_risk_note"),
]
