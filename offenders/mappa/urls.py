"""Addresses of the mappa room’s pages."""

from django.urls import path

from offenders.mappa import views

urlpatterns = [
    path("<ref:reference>/mappa/", views.change_mappa, name="change_mappa"),
]
