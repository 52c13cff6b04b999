"""Addresses of the eligibility room’s pages."""

from django.urls import path

from offenders.eligibility import views

urlpatterns = [
    path("criteria/", views.criteria, name="criteria"),
    path("criteria/<int:number>/", views.criteria_set, name="criteria_set"),
    path("criteria/<int:number>/publish/", views.publish_criteria, name="publish_criteria"),
    path("criteria/take-off/<int:number>/", views.remove_criterion, name="remove_criterion"),
    path("referrals/<ref:reference>/screening/", views.screening, name="screening"),
    path("referrals/<ref:reference>/screening/pass/", views.pass_screening, name="pass_screening"),
    path(
        "referrals/<ref:reference>/screening/<int:number>/override/",
        views.override_criterion,
        name="override_criterion",
    ),
]
