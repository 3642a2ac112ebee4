"""What casework does when something happens in a lower context."""

from datetime import datetime
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation


def register() -> None:
    """Follow the events of people, and of casework's own where a child has asked something before there was a file."""
    from handslag.people import public as people

    foundation.on("people.person_protected")(close_cases_around)
    people.on_merge(follow_merged_person)
    foundation.on("people.persons_merged")(follow_merged_papers)
    foundation.on("casework.case_opened")(follow_child_wishes)


def close_cases_around(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A person got a protection mark: their running cases are closed to all but the same named staff."""
    from handslag.casework.operations import restriction

    restriction.restrict_cases_of(
        person_id=happened.person_id, named_account_ids=happened.named_account_ids, by=by, at=at
    )


def follow_merged_person(keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """Two records were one person: the cases of the duplicate are the kept one's."""
    from handslag.casework.operations import merging

    merging.move_cases(keep_id=keep_id, duplicate_id=duplicate_id, by=by, at=at)


def follow_merged_papers(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """The two records have become one: what was written to the duplicate is the kept person's to read."""
    from handslag.casework.operations import merging

    merging.move_papers(keep_id=happened.person_id, duplicate_id=happened.duplicate_id, by=by, at=at)


def follow_child_wishes(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A file was opened: what its child asked before there was one is weighed there."""
    from handslag.casework.operations import child_wishes

    child_wishes.bring_wishes_to(happened.case_id, happened.person_id, at)
