"""Names the app; installed in the demo alone."""

from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "embedded"
