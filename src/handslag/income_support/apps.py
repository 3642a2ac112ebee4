"""Income support as a Django app."""

from django.apps import AppConfig


class IncomeSupportConfig(AppConfig):
    name = "handslag.income_support"
    label = "income_support"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from handslag.income_support import processes, said, said_decisions, said_payments, subscribers

        said.register()
        said_decisions.register()
        said_payments.register()
        subscribers.register()
        processes.register()
