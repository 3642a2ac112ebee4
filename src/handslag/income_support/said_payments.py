"""The words of the notices that payments leave."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation.public import words


def register() -> None:
    """Give every code its words; called once when the app is ready."""
    words(
        {
            "payment.nobody_to_pay": _(
                "Case {number}: there is a decision, but no account to pay to. Ask the person and add a payee."
            ),
            "payment.rejected": _(
                "Case {number}: the bank could not pay (code {bank_code}). Check the account."
            ),
        }
    )
