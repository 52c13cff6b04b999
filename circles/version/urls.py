"""Addresses of the version room’s pages."""

from django.urls import path

from circles.version import assent_views, views

urlpatterns = [
    path("meetings/<ref:reference>/agree/", assent_views.assent, name="assent"),
    path("meetings/<ref:reference>/versions/", views.versions, name="versions"),
    path("meetings/<ref:reference>/versions/<int:number>/", views.versions, name="version"),
    path("meetings/<ref:reference>/correct/", views.correct, name="correct"),
    path("meetings/<ref:reference>/correct/<slug:field>/", views.correct_answer, name="correct_answer"),
]
