"""A report of concern, who made it, and each child that it speaks of."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handslag.child_protection.states import Channel, Profession, ReporterKind, ReportState, Urgency
from handslag.foundation.models.written import Written


class Report(Written):
    """What somebody told of a concern for one or several children (orosanmälan, SoL 19:1-4); never changed.

    `unit` has it now; `day_unit` is the unit that keeps the children's files. Out of office hours the two
    differ: the on-call unit has it until it goes over.
    """

    number = models.CharField(max_length=24, unique=True)
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+", db_index=False)
    day_unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+", db_index=False)
    municipality = models.CharField(max_length=4)
    channel = models.CharField(max_length=10, choices=Channel)
    received_at = models.DateTimeField()
    out_of_hours = models.BooleanField(default=False)
    handed_over_at = models.DateTimeField(null=True)
    what_seen = models.TextField()
    when_seen = models.TextField(blank=True)
    where_now = models.TextField(blank=True)
    danger_now = models.BooleanField(default=False)
    danger_text = models.TextField(blank=True)
    concern_codes = ArrayField(models.CharField(max_length=24), default=list)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    merged_because = models.TextField(blank=True)
    # A child, or somebody who is told of, has protected identity: only named staff read it.
    restricted = models.BooleanField(default=False)
    # Why a manager opened it again; empty when it was opened with the child's file.
    opened_because = models.TextField(blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The place in the reception's list (`states.urgency_of`), raised by what a report of the same event tells.
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.OTHER, db_default=Urgency.OTHER)
    # The nearest last day of the preliminary assessments that wait; null where no such time runs.
    decide_by = models.DateField(null=True)
    # Who goes on with a report that is closed only because they registered a child of it without a number.
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    receipt_hash = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=80, unique=True, null=True)
    version = models.PositiveIntegerField(default=1)

    # Told once, to the one who made the report; the row keeps its hash alone.
    receipt_code: str = ""

    classified = {
        "number": "identity", "unit": "internal", "day_unit": "internal", "municipality": "internal",
        "channel": "sensitive", "received_at": "internal", "out_of_hours": "internal",
        "handed_over_at": "internal", "what_seen": "free", "when_seen": "free", "where_now": "free",
        "danger_now": "sensitive", "danger_text": "free", "concern_codes": "sensitive", "state": "internal",
        "duplicate_of": "internal", "merged_because": "free", "restricted": "sensitive",
        "opened_because": "free", "taken_by": "internal", "kept_by": "internal", "urgency": "sensitive",
        "decide_by": "internal", "receipt_hash": "internal", "idempotency_key": "internal",
        "version": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_report"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReportState.MERGED, duplicate_of__isnull=False)
                | (~Q(state=ReportState.MERGED) & Q(duplicate_of__isnull=True)),
                name="child_report_merged_into",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="child_report_not_own_double",
            ),
        ]
        indexes = [
            # The reception's list: within each urgency the nearest last day, or the newest; each a walk along an index.
            models.Index(
                F("unit"), F("urgency"), F("received_at").desc(), F("id").desc(),
                condition=Q(state="received"), name="child_report_waiting",
            ),
            models.Index(
                F("unit"), F("urgency"), F("decide_by"), F("received_at").desc(), F("id").desc(),
                condition=Q(state="received"), name="child_report_last_day",
            ),
            models.Index(F("unit"), F("received_at").desc(), F("id").desc(), name="child_report_unit"),
            models.Index(fields=["received_at"], name="child_report_received"),
        ]  # fmt: skip


class Reporter(Written):
    """Who made a report: one for each report, in a table of its own.

    Read by the reception that has the report and by staff who may work in the child's case; never by a party,
    and never through the child's file.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="reporter")
    kind = models.CharField(max_length=12, choices=ReporterKind)
    profession = models.CharField(max_length=20, choices=Profession, blank=True)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    under_duty = models.BooleanField(default=False)
    wants_feedback = models.BooleanField(default=False)
    wants_protection = models.BooleanField(default=False)
    # Who logged in to report: a resident, or a member of our own staff.
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    classified = {
        "report": "internal", "kind": "sensitive", "profession": "sensitive", "name": "identity",
        "phone": "identity", "email": "identity", "employer": "identity", "under_duty": "sensitive",
        "wants_feedback": "sensitive", "wants_protection": "sensitive", "person": "identity",
        "account": "identity",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_reporter"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="anonymous")
                | Q(name="", phone="", email="", employer="", person__isnull=True, account__isnull=True),
                name="child_reporter_anonymous_is_nobody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account"], condition=Q(account__isnull=False), name="child_reporter_account"
            )
        ]


class ReportedChild(Written):
    """One child of a report: as described, and who it is once known; `case` is the child's file."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="children", db_index=False)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    born = models.DateField(null=True)
    age_told = models.CharField(max_length=60, blank=True)
    number_told = models.CharField(max_length=20, blank=True)
    lives_with = models.TextField(blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    case = models.ForeignKey(
        "casework.Case", models.PROTECT, null=True, related_name="reported_children", db_index=False
    )
    identified_at = models.DateTimeField(null=True)
    identified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_into")
    # Which report it is of the child within the time of the setting, counted when the child was identified.
    repeat_number = models.PositiveSmallIntegerField(default=1)
    repeat_warned = models.BooleanField(default=False)
    # The last day of the preliminary assessment, as the clock of the child's file says; null when none runs.
    due_on = models.DateField(null=True)
    added_at = models.DateTimeField()

    classified = {
        "report": "internal", "given_name": "identity", "family_name": "identity", "born": "identity",
        "age_told": "identity", "number_told": "identity", "lives_with": "free", "person": "identity",
        "case": "sensitive", "identified_at": "internal", "identified_by": "internal",
        "split_from": "internal", "repeat_number": "sensitive", "repeat_warned": "sensitive",
        "due_on": "internal", "added_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_reportedchild"
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(person__isnull=False), name="child_file_needs_person"
            ),
        ]
        indexes = [
            models.Index(fields=["report", "added_at"], name="child_reported_report"),
            models.Index(fields=["person"], name="child_reported_person"),
            models.Index(fields=["case"], name="child_reported_case"),
        ]

    @property
    def name_told(self) -> str:
        """The name as it was told; may be empty."""
        return f"{self.given_name} {self.family_name}".strip()


class ReporterOfFile(Written):
    """A reporter whose report has stood in a child's file, also when it does so no more; written by the database itself.

    What was written there meanwhile may name them still, so the masking asks these too.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="files")

    classified = {"case": "sensitive", "reporter": "sensitive"}

    class Meta:
        db_table = "child_protection_reporteroffile"
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="child_reporter_of_file_once")
        ]


class ReportAttachment(Written):
    """A paper or picture that came with a report; its type is told by its content."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12)
    added_at = models.DateTimeField()

    classified = {
        "report": "internal", "name": "free", "media_type": "internal", "size_bytes": "internal",
        "sha256": "internal", "scan": "internal", "added_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_reportattachment"


class ReportAttachmentContent(models.Model):
    """The bytes of a paper of a report; read only by `queries.read_attachment`, which logs the reading."""

    attachment = models.OneToOneField(
        ReportAttachment, models.PROTECT, primary_key=True, related_name="stored"
    )
    content = models.BinaryField()

    classified = {"attachment": "internal", "content": "free"}

    class Meta:
        db_table = "child_protection_reportattachmentcontent"
