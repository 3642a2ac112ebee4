"""The configuration as a Django app: it wires ports to adapters when everything has been loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "handslag.config"
    label = "config"

    def ready(self) -> None:
        from handslag.config import wiring

        wiring.wire()
