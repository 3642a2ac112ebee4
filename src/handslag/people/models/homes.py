"""Households and who lives in them, relations, addresses and ways to reach a person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written
from handslag.people.models.persons import Person


class Household(Written):
    """People who keep house together, as the norm for income support sees them."""

    formed_on = models.DateField()

    classified: ClassVar[dict[str, str]] = {"formed_on": "identity"}

    class Meta:
        db_table = "people_household"


class HouseholdMember(Written):
    """A person's place in a household, half-open in days. An empty period was entered by mistake.

    An adult has one household at a time; a child may have two, with a share of the month (percent) in each.
    The database holds this (constraint householdmember_one_home).
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=5, choices=[("adult", _("Adult")), ("child", _("Child"))])
    share = models.PositiveSmallIntegerField(default=100)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "household": "internal",
        "person": "internal",
        "role": "identity",
        "share": "identity",
        "valid_from": "identity",
        "valid_to": "identity",
    }

    class Meta:
        db_table = "people_householdmember"
        constraints = [
            models.CheckConstraint(
                name="householdmember_period",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="householdmember_share", condition=models.Q(share__gte=1, share__lte=100)
            ),
        ]


class Relation(Written):
    """`person` is `kind` of `other`, from one day until (not including) another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, models.PROTECT, related_name="relations_from")
    kind = models.CharField(
        max_length=20,
        choices=[
            ("guardian", _("Guardian")),
            ("parent", _("Parent")),
            ("partner", _("Partner")),
            ("sibling", _("Sibling")),
            ("trustee", _("Trustee (god man, förvaltare)")),
            ("contact", _("Contact person")),
        ],
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "person": "internal",
        "other": "internal",
        "kind": "identity",
        "valid_from": "identity",
        "valid_to": "identity",
    }

    class Meta:
        db_table = "people_relation"
        constraints = [
            models.CheckConstraint(
                name="relation_two_persons", condition=~models.Q(person=models.F("other"))
            ),
            models.CheckConstraint(
                name="relation_period",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["person", "other", "kind"],
                condition=models.Q(valid_to__isnull=True),
                name="relation_once",
            ),
        ]


class Address(Written):
    """Where a person lives or gets post, half-open in days; one of each kind at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="addresses")
    kind = models.CharField(
        max_length=10,
        choices=[("registered", _("Registered")), ("temporary", _("Temporary")), ("postal", _("Post"))],
    )
    care_of = models.CharField(max_length=100, blank=True)
    street = models.CharField(max_length=150)
    postal_code = models.CharField(max_length=6)
    city = models.CharField(max_length=60)
    source = models.CharField(max_length=30, help_text="who said so: population_register, person, staff")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "person": "internal",
        "kind": "internal",
        "care_of": "identity",
        "street": "identity",
        "postal_code": "identity",
        "city": "identity",
        "source": "internal",
        "valid_from": "identity",
        "valid_to": "identity",
    }

    class Meta:
        db_table = "people_address"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(valid_to__isnull=True), name="address_one_now"
            ),
            models.CheckConstraint(
                name="address_period",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]


class ContactWay(Written):
    """A telephone number or an e-mail address that reaches the person; one of each kind at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_ways")
    kind = models.CharField(max_length=5, choices=[("phone", _("Telephone")), ("email", _("E-mail"))])
    value = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "person": "internal",
        "kind": "internal",
        "value": "identity",
        "valid_from": "internal",
        "valid_to": "internal",
    }

    class Meta:
        db_table = "people_contactway"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(valid_to__isnull=True),
                name="contactway_one_now",
            )
        ]
