"""The words of the stored sentences of this face."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation

foundation.words(
    {
        "account.name_differs": _(
            "A resident logged in with an e-ID under another name than the one we have. Check the person's name."
        ),
    }
)
