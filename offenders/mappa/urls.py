"""Addresses of the mappa room’s pages."""

from django.urls import path

from offenders.mappa import action_views, views

urlpatterns = [
    path("<ref:reference>/mappa/", views.mappa, name="mappa"),
    path("<ref:reference>/mappa/change/", views.change_mappa, name="change_mappa"),
    path("<ref:reference>/mappa/area/", views.change_area, name="change_area"),
    path("<ref:reference>/mappa/changes/<int:change>/", views.answer_change, name="answer_change"),
    path("<ref:reference>/mappa/meeting/", action_views.plan_mappa_meeting, name="plan_mappa_meeting"),
    path("<ref:reference>/mappa/actions/add/", action_views.add_mappa_action, name="add_mappa_action"),
    path("<ref:reference>/mappa/actions/<int:action>/", action_views.finish_mappa_action, name="finish_mappa_action"),
]
