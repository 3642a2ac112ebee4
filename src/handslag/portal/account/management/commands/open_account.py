"""`handslag manage open_account`: the first accounts of a municipality without a directory."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from handslag.foundation import public as foundation
from handslag.foundation.public import Role, Unit
from handslag.portal.account.claims import Grant
from handslag.portal.account.operations import open_local_account


class Command(BaseCommand):
    """Makes an account of staff with a password that is shown once; the first log-in demands an app for codes."""

    help = "Open an account of staff with a password and a role. The password is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="the name that colleagues see")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--unit", required=True, help="made if it does not exist")
        parser.add_argument("--kind", default="income_support", help="what a new unit works with")

    def handle(self, *_: Any, **options: Any) -> None:
        by, password = foundation.system("command-line"), secrets.token_urlsafe(15)
        with foundation.acting(by):
            if not Unit.objects.filter(name=options["unit"]).exists():
                Unit.objects.using("owner").create(name=options["unit"], kind=options["kind"])
        try:
            open_local_account(
                username=options["username"], name=options["name"], password=password,
                grants=frozenset({Grant(options["unit"], options["role"])}), by=by, at=foundation.now(),
            )
        except foundation.HandslagError as error:
            raise CommandError(error.in_one_line) from None
        self.stdout.write(f"{options['username']} may log in with the password  {password}")
