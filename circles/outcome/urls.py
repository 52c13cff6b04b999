"""Addresses of the outcome room’s pages."""

from django.urls import path

from circles.outcome import views

urlpatterns = [
    path("<ref:reference>/outcomes/", views.outcomes, name="outcomes"),
    path("<ref:reference>/outcomes/record/", views.record_outcome, name="record_outcome"),
    path("<ref:reference>/outcomes/<ref:outcome>/correct/", views.correct_outcome, name="correct_outcome"),
]
