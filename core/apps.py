"""Names the app, and registers the checks that refuse an unsafe start."""

from django.apps import AppConfig

from core import checks


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        checks.register_all()
