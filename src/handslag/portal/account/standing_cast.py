"""Who the demo municipality lets a visitor be. The names are user names of accounts; the demo makes the accounts."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Account


@dataclass(frozen=True)
class Player:
    """One of the cast: an account and what it is good for."""

    account: Account
    what: "str | Promise"


STAFF: dict[str, Promise] = {
    "asa": _("Case worker, economic aid"),
    "bjorn": _("Case worker, economic aid, colleague of Åsa"),
    "carina": _("Unit manager, economic aid; may set protection marks"),
    "david": _("Case worker in another unit: children and families"),
    "sam": _("Case worker, children and families"),
    "maja": _("Reception of reports of concern, children and families"),
    "eva": _("Unit manager, children and families; may set protection marks"),
    "olle": _("Social services on call, evenings and weekends"),
    "vera": _("Case worker, adults"),
    "ivar": _("Case worker, adults; colleague of Vera"),
    "frida": _("Releases payments; one of the two who must"),
    "goran": _("Releases payments; the other of the two"),
    "rune": _("Rules officer: rules, amounts and automation"),
    "ada": _("System administrator: failed jobs and accounts"),
    "board": _("Member of the social welfare board"),
}
RESIDENTS: dict[str, Promise] = {
    "resident-elin": _("Resident with a running case; files a renewal"),
    "resident-farid": _("Resident who applies for the first time"),
    "resident-greta": _("Resident without a case: a stranger to the others"),
    "resident-hugo": _("Resident with a protected identity"),
    "resident-tina": _("Teacher who reports concern in her work"),
    "resident-jonas": _("Parent whose child has a file; something is secret toward him"),
    "resident-mikael": _("Parent who reads parts of the child's record online"),
}


def players() -> tuple[list[Player], list[Player]]:
    """Staff and residents of the cast that have an account here, in the order above."""
    with foundation.acting(foundation.system("log-in")):
        known = {
            a.username: a for a in Account.objects.filter(username__in=[*STAFF, *RESIDENTS], is_active=True)
        }
    chosen = [
        [Player(known[name], what) for name, what in group.items() if name in known]
        for group in (STAFF, RESIDENTS)
    ]
    return chosen[0], chosen[1]
