"""Addresses of the handover room’s pages."""

from django.urls import path

from concerns.handover import views

urlpatterns = [
    path("<ref:reference>/handover/", views.handover, name="handover"),
    path("<ref:reference>/handover/taken/", views.take, name="take_handover"),
]
