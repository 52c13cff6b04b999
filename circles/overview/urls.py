"""Addresses of the overview room’s pages."""

from django.urls import path

from circles.overview import meeting_views, timeline_views, views

urlpatterns = [
    path("", views.circles, name="circles"),
    path("<ref:reference>/", views.circle, name="circle"),
    path("of/<ref:reference>/", views.circles_of, name="circles_of"),
    path("<ref:reference>/timeline/", timeline_views.timeline, name="timeline"),
    path("<ref:reference>/meetings/", meeting_views.meetings, name="meetings"),
    path("<ref:reference>/who-looked/", views.who_looked, name="who_looked"),
    path("meetings/<ref:reference>/", meeting_views.meeting, name="meeting"),
    path("meetings/<ref:reference>/approve/", meeting_views.approve, name="approve"),
    path("meetings/<ref:reference>/return/", meeting_views.give_back, name="return"),
    path("meetings/<ref:reference>/add/", meeting_views.addendum, name="addendum"),
    path("meetings/<ref:reference>/take/", meeting_views.take_minutes, name="take_minutes"),
]
