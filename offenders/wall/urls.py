"""Addresses of the wall room’s pages."""

from django.urls import path

from offenders.wall import association_views, break_glass_views, views

urlpatterns = [
    path("wall/past/", break_glass_views.break_glass, name="break_glass"),
    path("<ref:reference>/wall/looks/<int:look>/", break_glass_views.review_glass, name="review_glass"),
    path("<ref:reference>/wall/", views.wall, name="wall"),
    path("<ref:reference>/apart/add/", association_views.note_non_association, name="note_non_association"),
    path("<ref:reference>/apart/<int:pair>/end/", association_views.end_non_association, name="end_non_association"),
    path("<ref:reference>/wall/add/", views.add_wall_entry, name="add_wall_entry"),
    path("<ref:reference>/wall/<int:entry>/end/", views.end_wall_entry, name="end_wall_entry"),
]
