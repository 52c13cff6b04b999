"""Names the app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"
