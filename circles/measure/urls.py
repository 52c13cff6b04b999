"""Addresses of the measure room’s pages."""

from django.urls import path

from circles.measure import views

urlpatterns = [
    path("<ref:reference>/measures/", views.measures, name="measures"),
    path("<ref:reference>/measures/<slug:point>/", views.record_measures, name="record_measures"),
]
