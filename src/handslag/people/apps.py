"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "handslag.people"
    label = "people"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from handslag.people import events, said  # noqa: F401 - events declare themselves

        said.register()
