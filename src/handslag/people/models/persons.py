"""The person, her identity numbers over time, and the marks of protection she has had."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written


class Sex(models.TextChoices):
    """Legal sex, as the identity number tells it; unknown until then."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    UNKNOWN = "unknown", _("Not known")


class Protection(models.TextChoices):
    """Marks of the population register (OSL 22:1, folkbokföringslagen 16-17 a §§).

    `unknown` means that the register has not answered; it is treated as a mark until it has.
    """

    NONE = "none", _("No mark")
    SECRECY_MARK = "secrecy_mark", _("Secrecy mark")
    PROTECTED_REGISTRATION = "protected_registration", _("Protected registration")
    UNKNOWN = "unknown", _("Not known: treated as protected")


class Person(Written):
    """One human being. Numbers, homes and relations stand beside, each with its own time."""

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born = models.DateField(null=True)
    died_on = models.DateField(null=True)
    sex = models.CharField(max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    language = models.CharField(max_length=5, default="sv")
    interpreter = models.BooleanField(default=False)
    protection = models.CharField(max_length=22, choices=Protection.choices, default=Protection.UNKNOWN)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    registered_at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "given_name": "identity",
        "family_name": "identity",
        "born": "identity",
        "died_on": "identity",
        "sex": "identity",
        "language": "identity",
        "interpreter": "identity",
        "protection": "sensitive",
        "merged_into": "internal",
        "registered_at": "internal",
    }

    class Meta:
        db_table = "people_person"
        constraints = [
            models.CheckConstraint(
                name="person_merged_into_another", condition=~models.Q(merged_into=models.F("id"))
            ),
            models.CheckConstraint(
                name="person_died_after_birth",
                condition=models.Q(died_on__isnull=True)
                | models.Q(born__isnull=True)
                | models.Q(died_on__gte=models.F("born")),
            ),
        ]

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_protected(self) -> bool:
        """Whether to treat the person as protected: a mark, or no answer about marks."""
        return self.protection != Protection.NONE


class IdentityNumber(Written):
    """A number that a person has, or has had. A number belongs to one person for all time unless withdrawn.

    Days are half-open; a withdrawn number was entered by mistake and never was hers.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="identity_numbers")
    number = models.CharField(max_length=12)
    kind = models.CharField(
        max_length=17,
        choices=[
            ("personnummer", _("Personal identity number (personnummer)")),
            ("samordningsnummer", _("Coordination number (samordningsnummer)")),
            ("reserve", _("Reserve number")),
        ],
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    classified: ClassVar[dict[str, str]] = {
        "person": "internal",
        "number": "identity",
        "kind": "identity",
        "valid_from": "internal",
        "valid_to": "internal",
        "withdrawn_at": "internal",
        "withdrawn_because": "free",
    }

    class Meta:
        db_table = "people_identitynumber"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="identitynumber_one_person",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(withdrawn_at__isnull=True, valid_to__isnull=True),
                name="identitynumber_one_now",
            ),
            models.CheckConstraint(
                name="identitynumber_period",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]


class ProtectionMark(Written):
    """The marks that a person has had, each from one day until (not including) another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="protection_marks")
    mark = models.CharField(max_length=22, choices=Protection.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    # Why a person ended it where no register had answered, and whose hand it was.
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    classified: ClassVar[dict[str, str]] = {
        "person": "internal",
        "mark": "sensitive",
        "valid_from": "sensitive",
        "valid_to": "sensitive",
        "ended_because": "free",
        "ended_by": "internal",
    }

    class Meta:
        db_table = "people_protectionmark"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(valid_to__isnull=True), name="protectionmark_one_now"
            )
        ]


class NameKey(models.Model):
    """Two parts of a person's name, folded, in either order: what the search by name looks in.

    Kept by triggers on people_person; read by the function handslag_find_persons alone.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    key = models.TextField(db_collation="C")

    classified: ClassVar[dict[str, str]] = {"person": "internal", "key": "identity"}

    class Meta:
        db_table = "people_namekey"
        indexes = [models.Index(fields=["key", "person"], name="namekey_key")]
