"""The app's configuration. It refuses an unsafe start, because every Django process runs `ready`."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from core import checks
from core.ownership import refuse_strong_role


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        checks.register_checks()
        checks.refuse_unsafe_start()
        connection_created.connect(refuse_strong_role)
