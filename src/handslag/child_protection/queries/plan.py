"""Who can be given a step of a plan."""

from uuid import UUID

from handslag.casework import public as casework
from handslag.foundation import public as foundation


def workers_of(case_id: UUID, actor: foundation.Actor) -> list[foundation.Account]:
    """Those who work in a child's file, oneself first and then by name: the unit's staff, or in a closed file the named.

    Nobody who is kept from the file because of bias. Raises CaseNotFound.
    """
    case = casework.get_case(case_id, actor)
    if case.restricted:
        accounts = [one.account for one in casework.find_named_staff(case_id, actor)]
    else:
        accounts = foundation.staff_accounts(case.unit_id)
    kept = {one.account_id for one in casework.find_kept_from(case_id, actor) if one.allowed_at is None}
    chosen = [one for one in accounts if one.id not in kept]
    return sorted(chosen, key=lambda account: (account.id != actor.account_id, account.name))
