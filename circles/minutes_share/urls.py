"""Addresses of the minutes share room’s pages."""

from django.urls import path

from circles.minutes_share import views

urlpatterns = [
    path("minutes/", views.minutes_sent_to_me, name="minutes_sent_to_me"),
    path("minutes/<ref:reference>/", views.minutes_share, name="minutes_share"),
    path("minutes/<ref:reference>/read/", views.minutes_read, name="minutes_read"),
    path("minutes/<ref:reference>/paper/", views.minutes_paper, name="minutes_paper"),
    path("meetings/<ref:reference>/share/", views.share_minutes, name="share_minutes"),
    path("meetings/<ref:reference>/share/set-aside/", views.set_resend_aside, name="set_resend_aside"),
]
