"""Addresses of the contact room’s pages."""

from django.urls import path

from circles.contact import views

urlpatterns = [
    path("meetings/<ref:reference>/called/", views.note_called, name="called"),
]
