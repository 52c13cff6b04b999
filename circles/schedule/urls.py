"""Addresses of the schedule room’s pages."""

from django.urls import path

from circles.schedule import calling_off_views, views

urlpatterns = [
    path("<ref:reference>/schedule/", views.schedule, name="schedule"),
    path("<ref:reference>/schedule/vary/", views.vary, name="vary"),
    path("<ref:reference>/schedule/<slot:slot>/put-back/", views.put_back, name="put_back"),
    path("meetings/<ref:reference>/cancel/", calling_off_views.cancel, name="cancel"),
    path("meetings/<ref:reference>/put-back/", calling_off_views.restore, name="restore"),
    path("meetings/<ref:reference>/not-held/", calling_off_views.not_held, name="not_held"),
    path("meetings/<ref:reference>/move/", calling_off_views.move, name="move"),
]
