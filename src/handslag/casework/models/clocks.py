"""Legal time that runs in a case. The rows are kept by operations; what they say comes from the pure rules."""

from django.db import models
from django.db.models import F, Q

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.models.cases import Case
from handslag.casework.rules.clock_rules import NoClockRule
from handslag.casework.states import ClockState
from handslag.foundation.models.written import Written


class LegalClock(Written):
    """One time limit of law, from the day that set it off. It is stopped or extended, never started anew."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks", db_index=False)
    rule = models.CharField(max_length=24)
    # What set it off (an application, a decision); the context above knows.
    about = models.UUIDField()
    starts_on = models.DateField()
    # Null for a duty "at once" without a number.
    last_day = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=ClockState, default=ClockState.RUNNING)
    # Null while open. `lapsed` has a day too: the day it ceased to apply.
    closed_on = models.DateField(null=True)
    soft = models.BooleanField(default=False)
    # Whether the work list counts it: a right of the party to act later is not a duty of the unit.
    counts = models.BooleanField(default=True)
    source = models.CharField(max_length=120)
    extended_because = models.TextField(blank=True)

    classified = {
        "case": "sensitive", "rule": "sensitive", "about": "internal", "starts_on": "internal",
        "last_day": "internal", "state": "internal", "closed_on": "internal", "soft": "internal",
        "counts": "internal", "source": "internal", "extended_because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "casework_legalclock"
        constraints = [
            # Promise 4: the same thing cannot set the same clock off twice.
            models.UniqueConstraint(fields=["case", "rule", "about"], name="casework_clock_once"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("starts_on")),
                name="casework_clock_days",
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_day", "id"], condition=Q(closed_on__isnull=True), name="casework_clock_due"
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        """Whether the row of law that counts it has been read in the act; pages say so where it has not."""
        try:
            return load_clock_rules()[self.rule].in_force(self.starts_on).status == "confirmed"
        except (KeyError, NoClockRule):
            return False
