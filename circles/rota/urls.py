"""Addresses of the rota room’s pages."""

from django.urls import path

from circles.rota import views

urlpatterns = [
    path("meetings/<ref:reference>/offer/<ref:volunteer>/", views.offer, name="offer_minutes"),
    path("swaps/<ref:reference>/accept/", views.accept, name="accept_swap"),
    path("swaps/<ref:reference>/decline/", views.decline, name="decline_swap"),
    path("swaps/<ref:reference>/withdraw/", views.withdraw, name="withdraw_swap"),
]
