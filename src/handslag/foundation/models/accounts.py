"""Accounts, the units they work in, the roles they hold there, and who may decide what."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from handslag.foundation.ids import new_id


class Role(models.TextChoices):
    """What an account may do in a unit. A role gives nothing outside its unit and its days."""

    CASE_WORKER = "case_worker", _("Case worker")
    RECEPTION = "reception", _("Reception")
    MANAGER = "manager", _("Unit manager")
    CONTROLLER = "controller", _("Controller")
    ATTESTER = "attester", _("Attester of payments")
    RULES_OFFICER = "rules_officer", _("Rules officer")
    ADMINISTRATOR = "administrator", _("System administrator")
    PROTECTED = "protected", _("May set protection marks")
    BOARD = "board", _("Member of the board")


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the only way in for the log-in library as well."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Digest:
    """The digest of a password, which the database gives to the log-in and to its owner alone.

    What is set is written when the account is saved. To anybody else it is a password that cannot be used.
    """

    def __get__(self, account: "Account | None", owner: type | None = None) -> str:
        if account is None:
            return ""
        if account.staged_digest is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT handslag_password(%s)", [account.id])
                found = cursor.fetchone()[0]
            return UNUSABLE_PASSWORD_PREFIX if found is None else str(found)
        return account.staged_digest

    def __set__(self, account: "Account", digest: str) -> None:
        account.staged_digest = digest


class Account(AbstractBaseUser):
    """Somebody who can log in: a member of staff, or a resident (`person_id` then says who)."""

    # In place of the field: its column is readable by no role of the web.
    password = Digest()
    staged_digest: str | None = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    person_id = models.UUIDField(null=True, blank=True, unique=True)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # The log-in library asks these of any account; nobody is a superuser here.
    is_staff = False
    is_superuser = False

    classified = {
        "username": "identity",
        "name": "identity",
        "email": "identity",
        "first_name": "identity",
        "last_name": "identity",
        "person_id": "identity",
        "language": "internal",
        "is_active": "internal",
        "session_epoch": "internal",
        "date_joined": "internal",
        "last_login": "internal",
    }

    class Meta:
        db_table = "foundation_account"

    def save(self, *args: Any, **kwargs: Any) -> None:
        named = kwargs.get("update_fields")
        if named is None or set(named) - {"password"}:
            if named is not None:
                kwargs["update_fields"] = [name for name in named if name != "password"]
            super().save(*args, **kwargs)
        if self.staged_digest is not None and (named is None or "password" in named):
            with connection.cursor() as cursor:
                cursor.execute("SELECT handslag_set_password(%s, %s)", [self.id, self.staged_digest])

    def get_full_name(self) -> str:
        return self.name or self.username

    def __str__(self) -> str:
        return self.get_full_name()


class Unit(models.Model):
    """A part of the organisation that cases belong to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(
        max_length=40, help_text="what it works with: income_support, children, adults, reception"
    )

    classified = {"name": "internal", "kind": "internal"}

    class Meta:
        db_table = "foundation_unit"

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """An account holds a role in a unit from one day until (not including) another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    classified = {
        "account": "internal",
        "unit": "internal",
        "role": "internal",
        "valid_from": "internal",
        "valid_to": "internal",
    }

    class Meta:
        db_table = "foundation_rolegrant"
        indexes = [models.Index(fields=["account", "role"], name="rolegrant_account_role")]
        constraints = [
            models.CheckConstraint(
                name="rolegrant_period",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            )
        ]


class DelegationRule(models.Model):
    """A row of the delegation order: who may make a type of decision, up to which sum (KL 6:37, 7:5).

    `role` empty with `automated` true is the automated decision function (KL 6:37).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision_type = models.CharField(max_length=60)
    role = models.CharField(max_length=30, blank=True)
    automated = models.BooleanField(default=False)
    max_amount_kr = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    ground = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    classified = {
        "decision_type": "internal",
        "role": "internal",
        "automated": "internal",
        "max_amount_kr": "internal",
        "ground": "internal",
        "valid_from": "internal",
        "valid_to": "internal",
    }

    class Meta:
        db_table = "foundation_delegationrule"
