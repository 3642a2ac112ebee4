"""Papers photographed while the application is still a draft; they become documents of the case when it is sent."""

from django.db import models

from handslag.foundation.models.written import Written
from handslag.income_support.models.applications import ApplicationDraft


class DraftAttachment(Written):
    """A paper of a draft. Goes with the draft when that is sent, thrown away or too old."""

    removable = True

    draft = models.ForeignKey(ApplicationDraft, models.CASCADE, related_name="attachments")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=160)
    about = models.CharField(max_length=20)
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    classified = {
        "draft": "internal", "person": "identity", "name": "free", "about": "sensitive", "content": "free",
        "size_bytes": "internal", "media_type": "internal", "added_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_draftattachment"
