"""Addresses of the simulation room’s pages."""

from django.urls import path

from concerns.simulation import views

urlpatterns = [
    path("simulator/", views.simulator, name="simulator"),
]
