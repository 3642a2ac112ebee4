"""A process near the typesetter's last number for a name of a file, which then makes copies and letters in the product's own way.

    python -m tests.casework.typesetter_process

It has numbers left for thirty names more, makes forty copies with pages of their own and sets a notice in each of
forty threads, and prints how many papers it made. A typesetter without numbers ends it.
"""

import threading
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest  # noqa: F401 - the settings know by it that this is a test
import typst

MOST_NAMES, LEFT = 65_535, 30
EACH = 40


def main() -> None:
    import django

    django.setup()
    from PIL import Image

    from handslag.casework.copies.pdf import CopyFrame, make_copy_pdf
    from handslag.casework.models import Case, MaskedCopy, MaskedPage
    from handslag.casework.states import PageChoice
    from handslag.casework.typesetting import set_paper

    typst.Compiler(input={"main": b"", **{f"name-{nth}": b"" for nth in range(MOST_NAMES - LEFT)}})
    held = BytesIO()
    Image.new("RGB", (10, 10)).save(held, "JPEG")
    made = []
    for _ in range(EACH):
        page = MaskedPage(
            id=uuid4(), document_id=uuid4(), place=1, width=10, height=10, choice=PageChoice.SHOWN, areas=[],
            source_type="other", source_day=date(2026, 11, 1),
        )  # fmt: skip
        copy = MaskedCopy(case=Case(number="EB-2026-00001"), receiver_kind="party")
        frame = CopyFrame(unit="Enhet", receiver="", day=date(2026, 11, 22))
        made.append(make_copy_pdf(copy, [], [page], {page.id: held.getvalue()}, frame))
    for _ in range(EACH):
        each = threading.Thread(
            target=lambda: made.append(
                set_paper(b'#set document(title: "T")\n= T', {"told": "1"}, day=date(2026, 11, 22))
            )
        )
        each.start()
        each.join()
    print(len(made))


if __name__ == "__main__":
    main()
