"""Casework as a Django app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "handslag.casework"
    label = "casework"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from handslag.casework import said, subscribers
        from handslag.casework.copies import own_rules, processes

        said.register()
        subscribers.register()
        own_rules.register()
        processes.register()
