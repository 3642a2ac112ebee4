"""What the reception does when something happens in a lower context."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation


def register() -> None:
    """Say that there are children's files, ask about bias before a file is assigned, and follow people."""
    from handslag.child_protection.operations import bias
    from handslag.people import public as people

    casework.register_case_kind("child_protection", "BU", _("Child's file"))
    casework.register_erasure("child_protection")
    casework.register_assignment_check("child_bias", "child_protection", bias.check_assignment)
    foundation.on("people.person_protected")(close_reports_around)
    foundation.on("casework.case_restricted")(close_reports_in)
    foundation.on("casework.restriction_lifted")(open_reports_in)
    foundation.on("casework.case_opened")(ask_about_staff)
    foundation.on("people.related")(follow_relation)
    foundation.on("people.relation_ended")(follow_relation)
    people.on_merge(follow_merged_person)


def close_reports_around(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A child got a protection mark: the reports of the child are closed to all but those named."""
    from handslag.child_protection.operations import following

    following.restrict_reports_of(person_id=happened.person_id, by=by, at=at)


def close_reports_in(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A child's file was closed to all but those named: its reports are closed with it."""
    from handslag.child_protection.operations import following

    with foundation.acting(foundation.system("child_protection")):
        is_child_file = casework.Case.objects.filter(id=happened.case_id, kind="child_protection").exists()
    if is_child_file:
        is_told = happened.because == "protected_person"
        following.restrict_reports_in(case_id=happened.case_id, is_told=is_told, by=by, at=at)


def open_reports_in(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A child's file is open to its unit again: its reports are opened with it where nothing else keeps them closed."""
    from handslag.child_protection.operations import following

    with foundation.acting(foundation.system("child_protection")):
        is_child_file = casework.Case.objects.filter(id=happened.case_id, kind="child_protection").exists()
    if is_child_file:
        following.lift_reports_in(case_id=happened.case_id, by=by, at=at)


def ask_about_staff(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A child's file was opened: staff who are close to the child do not see it."""
    from handslag.child_protection.operations import biased_files

    if happened.kind == "child_protection":
        biased_files.ask_again(persons=[happened.person_id], at=at)


def follow_relation(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A relation became known or ended: it may make a member of staff biased, or no longer."""
    from handslag.child_protection.operations import following

    following.follow_relation(relation_id=happened.relation_id, by=by, at=at)


def follow_merged_person(keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """Two records were one child: the reports of the duplicate are the kept one's."""
    from handslag.child_protection.operations import following

    following.move_reports(keep_id=keep_id, duplicate_id=duplicate_id, by=by, at=at)
