"""The foundation as a Django app."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "handslag.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from handslag.foundation import words  # noqa: F401 - registers the sentences
