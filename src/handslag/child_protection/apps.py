"""Child protection as a Django app."""

from django.apps import AppConfig


class ChildProtectionConfig(AppConfig):
    name = "handslag.child_protection"
    label = "child_protection"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from handslag.child_protection import (
            investigation_said,
            investigation_subscribers,
            may_tell_reporter,
            measure_processes,
            processes,
            report_subscribers,
            reporter_masking,
            said_reports,
        )

        investigation_said.register()
        investigation_subscribers.register()
        may_tell_reporter.register()
        measure_processes.register()
        processes.register()
        report_subscribers.register()
        reporter_masking.register()
        said_reports.register()
