"""Addresses of people and of joining."""

from django.urls import path

from accounts.views import people, signing

app_name = "accounts"

urlpatterns = [
    path("", people.people, name="people"),
    path("invite/", people.invite, name="invite"),
    path("me/", signing.me, name="me"),
    path("me/sessions/<int:number>/end/", signing.end_mine, name="end_mine"),
    path("me/second-factor/", signing.second_factor, name="second_factor"),
    path("stay/", signing.stay, name="stay"),
    path("join/", signing.join, name="join"),
    path("invitation/<str:token>/", signing.invitation, name="invitation"),
    path("<ref:reference>/", people.person, name="person"),
    path("<ref:reference>/suspend/", people.suspend, name="suspend"),
    path("<ref:reference>/return/", people.restore, name="restore"),
    path("<ref:reference>/end/", people.end, name="end"),
]
