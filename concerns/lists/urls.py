"""Addresses of the lists room’s pages."""

from django.urls import path

from concerns.lists import queue_views, views

urlpatterns = [
    path("", views.everything, name="all"),
    path("finished/", views.finished, name="finished"),
    path("mine/", views.mine, name="mine"),
    path("queues/", views.queues, name="queues"),
    path("queues/<ref:reference>/", queue_views.queue, name="queue"),
    path("queues/<ref:reference>/views/", queue_views.keep_view, name="keep_view"),
    path("views/<ref:reference>/forget/", queue_views.forget, name="forget_view"),
    path("circles/<ref:reference>/", views.circle_concerns, name="circle_concerns"),
]
