"""Every list as an Excel file: text stays text (a name that begins with = is no formula), days are days, sums are sums."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from handslag.foundation import public as foundation

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download named `name-2026-11-22.xlsx` with one sheet: bold headings, a filter, and the rows."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("".join(letter for letter in title if letter not in "[]:*?/\\")[:31])
        bold, day, instant, money = (
            book.add_format(form)
            for form in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm"}, {"num_format": "#,##0.00"})
        )
        sheet.write_row(0, 0, headings, bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(last, place, value.astimezone(foundation.SWEDEN).replace(tzinfo=None), instant)
                elif isinstance(value, date):
                    sheet.write_datetime(last, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif isinstance(value, Decimal):
                    sheet.write_number(last, place, float(value), money)
                elif isinstance(value, int | float):
                    sheet.write_number(last, place, value)
                else:
                    sheet.write_string(last, place, "" if value is None else str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(headings) - 1)
        sheet.autofit()
    response = HttpResponse(kept.getvalue(), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}-{foundation.today().isoformat()}.xlsx"'
    return response
