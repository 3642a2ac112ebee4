"""A joint matter: a family's cases worked with together, each keeping its own secrecy."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.coordination.states import JointClosing, JointKind, JointRole, ShareGround
from handslag.foundation.models.written import Written


class JointMatter(Written):
    """What some cases have in common. It holds no name and no text, so that it tells nothing by itself."""

    kind = models.CharField(max_length=20, choices=JointKind)
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=20, choices=JointClosing, blank=True)

    classified: ClassVar[dict[str, str]] = {
        "kind": "sensitive", "unit": "internal", "opened_by": "internal", "opened_at": "internal",
        "closed_at": "internal", "closed_because": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "coordination_jointmatter"
        constraints = [
            models.CheckConstraint(
                name="jointmatter_closed_has_reason",
                condition=Q(closed_at__isnull=True, closed_because="")
                | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class JointMember(Written):
    """A colleague who is named for the matter. Membership alone opens no case."""

    matter = models.ForeignKey(JointMatter, models.PROTECT, related_name="members", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "matter": "internal", "account": "internal", "named_by": "internal", "valid_from": "internal",
        "valid_to": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "coordination_jointmember"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "account"], condition=Q(valid_to__isnull=True), name="jointmember_once"
            ),
            models.CheckConstraint(
                name="jointmember_period",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["account", "matter"], name="jointmember_account")]


class JointPart(Written):
    """A case that takes part. Unless its worker lets the team know of it, only those who read the case see it."""

    matter = models.ForeignKey(JointMatter, models.PROTECT, related_name="parts", db_index=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20, choices=JointRole)
    known_to_team = models.BooleanField(default=False)
    # Whom the team turns to about this part; the case itself stays closed to them.
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "matter": "sensitive", "case": "sensitive", "role": "sensitive", "known_to_team": "internal",
        "contact": "internal", "added_at": "internal", "ended_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "coordination_jointpart"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "case"], condition=Q(ended_at__isnull=True), name="jointpart_once"
            )
        ]
        indexes = [models.Index(fields=["case", "matter"], name="jointpart_case")]


class SharedNote(Written):
    """What a part's worker tells other parts of the matter, on a stated ground. Never changed."""

    matter = models.ForeignKey(JointMatter, models.PROTECT, related_name="shared")
    from_part = models.ForeignKey(JointPart, models.PROTECT, related_name="told", db_index=False)
    body = models.TextField()
    ground = models.CharField(max_length=20, choices=ShareGround)
    ground_text = models.TextField(help_text="who consented and when, or why it is needed")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "matter": "sensitive", "from_part": "sensitive", "body": "free", "ground": "internal",
        "ground_text": "free", "written_by": "internal", "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "coordination_sharednote"


class SharedNoteFor(Written):
    """To which part a note is told."""

    note = models.ForeignKey(SharedNote, models.PROTECT, related_name="told_to", db_index=False)
    part = models.ForeignKey(JointPart, models.PROTECT, related_name="got", db_index=False)

    classified: ClassVar[dict[str, str]] = {"note": "sensitive", "part": "sensitive"}

    class Meta:
        db_table = "coordination_sharednotefor"
        verbose_name_plural = "shared notes for"
        constraints = [models.UniqueConstraint(fields=["note", "part"], name="sharednotefor_once")]
        indexes = [models.Index(fields=["part", "note"], name="sharednotefor_part")]
