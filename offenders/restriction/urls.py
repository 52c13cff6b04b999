"""Addresses of the restriction room’s pages."""

from django.urls import path

from offenders.restriction import views

urlpatterns = [
    path("<ref:reference>/restrictions/add/", views.add_restriction, name="add_restriction"),
    path("<ref:reference>/restrictions/verify/", views.verify_restrictions, name="verify_restrictions"),
]
