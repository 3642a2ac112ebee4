"""The wall as a Django app."""

from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "handslag.portal.wall"
    label = "wall"

    def ready(self) -> None:
        from handslag.portal.wall import events  # noqa: F401
