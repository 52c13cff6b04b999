"""Addresses of the rota room’s pages."""

from django.urls import path

from concerns.rota import views

urlpatterns = [
    path("rota/", views.rota, name="rota"),
    path("rota/plan/", views.plan, name="plan_shift"),
    path("rota/<int:number>/agree/", views.agree, name="agree_to_shift"),
    path("rota/<int:number>/refuse/", views.refuse, name="refuse_shift"),
    path("rota/<int:number>/cancel/", views.cancel, name="cancel_shift"),
]
