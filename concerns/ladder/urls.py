"""Addresses of the ladder room’s pages."""

from django.urls import path

from concerns.ladder import views

urlpatterns = [
    path("ladder/", views.ladder, name="ladder"),
    path("ladder/propose/", views.propose, name="propose_ladder"),
    path("ladder/<int:number>/agree/", views.approve, name="approve_ladder"),
    path("ladder/holidays/add/", views.holiday, name="add_holiday"),
    path("ladder/holidays/next-year/", views.next_year, name="next_year_of_holidays"),
    path("ladder/holidays/<int:number>/remove/", views.working_day, name="working_day"),
]
