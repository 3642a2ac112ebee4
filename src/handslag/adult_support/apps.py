"""Adult support as a Django app."""

from django.apps import AppConfig


class AdultSupportConfig(AppConfig):
    name = "handslag.adult_support"
    label = "adult_support"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from handslag.adult_support import closing, processes, reporter_masking, said

        processes.register()
        said.register()
        closing.register()
        reporter_masking.register()
