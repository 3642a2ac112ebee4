"""Coordination as a Django app."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "handslag.coordination"
    label = "coordination"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from handslag.casework import public as casework
        from handslag.coordination import apart, processes, said, secrecy, subscribers
        from handslag.coordination.states import TellingKind
        from handslag.people import public as people

        said.register()
        processes.register()
        subscribers.register()
        people.use_secrecy(secrecy.KeptSecrets())
        casework.register_assignment_check("coordination.apart", None, apart.keep_workers_apart)
        casework.register_masking_rule("coordination.secret_toward", secrecy.masking_rule)
        for kind in TellingKind.values:
            casework.register_masking_rule(f"coordination.may_tell_{kind}", secrecy.may_tell_rule(kind))
