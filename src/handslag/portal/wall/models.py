"""Which devices may show the wall without anybody logged in."""

from django.db import models

from handslag.foundation import public as foundation


class Screen(models.Model):
    """A device in a corridor that an account opened as a wall; it shows the wall and nothing else until it is closed."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    name = models.CharField(max_length=80)
    opened_by = models.ForeignKey("foundation.Account", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    classified = {"name": "internal", "opened_by": "internal", "opened_at": "internal", "closed_at": "internal"}

    class Meta:
        db_table = "wall_screen"
