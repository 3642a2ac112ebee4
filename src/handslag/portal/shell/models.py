"""What the frame itself keeps: reports of faults in accessibility (lag 2018:1937 13 §)."""

from django.db import models

from handslag.foundation import public as foundation


class FaultReport(models.Model):
    """Somebody could not use a page. `contact` is empty for whoever wants to stay unknown."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    page = models.CharField(max_length=200, blank=True)
    what = models.TextField(max_length=4000)
    contact = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    classified = {
        "page": "internal",
        "what": "free",
        "contact": "identity",
        "reported_at": "internal",
        "answered_at": "internal",
    }

    class Meta:
        db_table = "shell_faultreport"
