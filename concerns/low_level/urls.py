"""Addresses of the low level room’s pages."""

from django.urls import path

from concerns.low_level import views

urlpatterns = [
    path("registers/low-level/", views.low_levels, name="low_levels"),
    path("registers/low-level/add/", views.add, name="add_low_level"),
    path("registers/low-level/month/", views.month, name="low_level_month"),
    path("registers/low-level/<ref:reference>/", views.low_level, name="low_level"),
]
