"""Names the app, and registers the checks that refuse an unsafe start."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from core import checks
from core.ownership import refuse_strong_role


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        checks.register_all()
        connection_created.connect(refuse_strong_role)
