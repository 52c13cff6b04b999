"""Addresses of the action room’s pages."""

from django.urls import path

from circles.action import views

urlpatterns = [
    path("<ref:reference>/actions/", views.actions, name="actions"),
    path("<ref:reference>/actions/agree/", views.agree_action, name="agree_action"),
    path("<ref:reference>/actions/<ref:action>/", views.settle_action, name="settle_action"),
    path("<ref:reference>/actions/<ref:action>/give/", views.give_action, name="give_action"),
]
