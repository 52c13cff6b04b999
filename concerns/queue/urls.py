"""Addresses of the pages that set up queues."""

from django.urls import path

from concerns.queue import views

urlpatterns = [
    path("set-up/queues/", views.set_up_queues, name="set_up_queues"),
    path("set-up/queues/add/", views.add_queue, name="add_queue"),
    path("set-up/queues/<ref:reference>/", views.set_up_queue, name="set_up_queue"),
    path("set-up/queues/<ref:reference>/grant/", views.grant, name="grant_queue"),
    path("set-up/queues/<ref:reference>/teams/<int:number>/revoke/", views.revoke, name="revoke_queue"),
    path("set-up/queues/<ref:reference>/team-manager/", views.change_team_manager, name="change_team_manager"),
]
