"""Addresses of the goal room’s pages."""

from django.urls import path

from circles.goal import views

urlpatterns = [
    path("<ref:reference>/goals/", views.goals, name="goals"),
    path("<ref:reference>/goals/open/", views.open_goal, name="open_goal"),
    path("<ref:reference>/goals/copy/", views.core_members_copy, name="core_members_copy"),
    path("<ref:reference>/goals/<ref:goal>/end/", views.end_goal, name="end_goal"),
]
