"""How many cases there are of a kind is read by the system; the next number is given by a function."""

from django.db import migrations

from handslag.foundation.policies import protect


class Migration(migrations.Migration):
    dependencies = [("casework", "0044_note_openings")]

    operations = [
        protect("casework_caseseries", read="handslag_is_system()", write="false"),
    ]
