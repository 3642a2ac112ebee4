"""What the foundation's stored sentences say."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation.said import words

words(
    {
        "foundation.glass_broken": _(
            "Somebody in your unit took access without the usual right, for {hours} hours. Look at why in the log review."
        )
    }
)
