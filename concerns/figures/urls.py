"""Addresses of the figures room’s pages."""

from django.urls import path

from concerns.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
]
