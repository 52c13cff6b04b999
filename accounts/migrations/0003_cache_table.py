"""The table of the cache, which holds counts of sign-in attempts and nothing of a case."""

from django.db import migrations

MAKE = """
CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_areas_and_roles")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE cache")]
