"""How heavy the first visit is: page, styles, scripts and typeface as they travel."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from handslag.config.assets import travelling_size

MOST_BYTES = 150_000


@pytest.mark.django_db(databases=["default"])
@pytest.mark.parametrize("address", ["/", "/vantetider/", "/anmal-oro/"])
def test_the_first_visit_is_at_most_150_kb(client: Client, address: str) -> None:
    page = client.get(address)
    parts = [
        Path(str(finders.find(name)))
        for name in set(re.findall(r'(?:src|href)="/static/([^"]+)"', page.text))
    ]
    weight = sum(travelling_size(part) for part in parts) + len(gzip.compress(page.content))
    assert len(parts) >= 7
    assert weight <= MOST_BYTES, weight
    print(f"{address}: {weight / 1000:.1f} kB in {len(parts) + 1} answers")
