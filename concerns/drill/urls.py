"""Addresses of the drill room’s pages."""

from django.urls import path

from concerns.drill import views

urlpatterns = [
    path("drills/", views.drills, name="drills"),
    path("drills/start/<ref:reference>/", views.start, name="start_drill"),
    path("drills/<ref:reference>/", views.drill, name="drill"),
    path("drills/<ref:reference>/received/", views.answer, name="answer_drill"),
]
