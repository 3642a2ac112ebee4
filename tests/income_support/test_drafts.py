"""Drafts: they survive, they are one, two tabs cannot overwrite each other, they end, and nobody else sees them."""

from datetime import timedelta

import pytest
from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.errors import DraftChangedElsewhere, DraftGone
from handslag.income_support.models import ApplicationDraft, Attachment, DraftAttachment
from handslag.income_support.operations import applications, drafts
from handslag.income_support.queries.applications import get_draft, my_drafts
from tests.income_support.applying import answer, begin, now

pytestmark = pytest.mark.django_db(databases=["default"])
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def save(draft, by, version=None, at=None, step="housing", **answers):
    return drafts.save_draft_step(
        draft_id=draft.id, step=step, answers=answers, version=version or draft.version, by=by, at=at or now()
    )


def test_a_draft_is_there_again_another_day(cast):
    draft = begin(cast.elin)
    save(draft, cast.elin, kind="rental", rent_kr="5200")
    later = get_draft(draft.id, cast.elin)
    assert later.answers["housing"]["rent_kr"] == "5200.00" and later.step == "housing"
    assert begin(cast.elin).id == draft.id
    assert [each.id for each in my_drafts(cast.elin)] == [draft.id]


def test_it_says_when_it_ends_and_then_it_is_gone(cast):
    draft = begin(cast.elin)
    assert draft.expires_on == foundation.today() + timedelta(days=30)
    with foundation.clock_at(now() + timedelta(days=30)):
        assert get_draft(draft.id, cast.elin) is None
        with pytest.raises(DraftGone):
            save(draft, cast.elin, at=foundation.now(), kind="none", rent_kr="0")
        assert drafts.forget_old_drafts(by=foundation.system("retention"), at=foundation.now()) == 1
    with foundation.acting(cast.elin):
        assert not ApplicationDraft.objects.exists()


def test_wrong_answers_are_kept_as_typed_and_told(cast):
    draft = begin(cast.elin)
    draft, problems = save(draft, cast.elin, kind="rental", rent_kr="-5", hack="x")
    assert {problem.code for problem in problems} == {"answers.negative", "answers.unknown_field"}
    assert draft.answers["housing"] == {"kind": "rental", "rent_kr": "-5"}


def test_two_tabs_do_not_overwrite_each_other(cast):
    draft = begin(cast.elin)
    version = draft.version
    save(draft, cast.elin, version=version, kind="rental", rent_kr="5200")
    with pytest.raises(DraftChangedElsewhere) as conflict:
        save(draft, cast.elin, version=version, kind="rental", rent_kr="9000")
    assert conflict.value.version == version + 1
    assert get_draft(draft.id, cast.elin).answers["housing"]["rent_kr"] == "5200.00"


def test_a_clock_set_back_does_not_make_it_older(cast):
    draft = begin(cast.elin)
    earlier = now() - timedelta(days=2)
    with foundation.clock_at(earlier):
        saved, _ = save(draft, cast.elin, at=foundation.now(), kind="none", rent_kr="0")
    assert saved.saved_at == draft.saved_at


def test_thrown_away_twice(cast):
    draft = begin(cast.elin)
    for _ in range(2):
        drafts.discard_draft(draft_id=draft.id, by=cast.elin, at=now())
    assert my_drafts(cast.elin) == []


def test_too_long(cast):
    draft = begin(cast.elin)
    with pytest.raises(foundation.BadInput):
        save(draft, cast.elin, step="occupation", status="sick", why="x" * 300_000)


def test_a_page_that_does_not_exist(cast):
    with pytest.raises(foundation.BadInput):
        save(begin(cast.elin), cast.elin, step="nowhere", x="1")


def test_papers_follow_into_the_case(cast):
    draft = answer(begin(cast.elin), cast.elin)
    drafts.attach_to_draft(draft_id=draft.id, name="hyra.pdf", content=PDF, about="housing", by=cast.elin, at=now())
    application = applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    with foundation.acting(cast.elin):
        [paper] = Attachment.objects.filter(application=application).select_related("document")
        assert (paper.document.name, paper.about) == ("hyra.pdf", "housing")
        assert not DraftAttachment.objects.exists()


def test_a_file_that_lies_is_refused_in_the_draft(cast):
    draft = begin(cast.elin)
    with pytest.raises(foundation.HandslagError):
        drafts.attach_to_draft(draft_id=draft.id, name="x.png", content=PDF, about="rent", by=cast.elin, at=now())
    with pytest.raises(casework.FileTooLarge):
        drafts.attach_to_draft(
            draft_id=draft.id, name="x.pdf", content=PDF + b"0" * (50 * 1024 * 1024), about="rent", by=cast.elin, at=now()
        )


def test_a_paper_taken_out_again(cast):
    draft = begin(cast.elin)
    paper = drafts.attach_to_draft(
        draft_id=draft.id, name="a.pdf", content=PDF, about="rent", by=cast.elin, at=now()
    )
    drafts.remove_from_draft(attachment_id=paper.id, by=cast.greta, at=now())
    with foundation.acting(cast.elin):
        assert DraftAttachment.objects.count() == 1
    drafts.remove_from_draft(attachment_id=paper.id, by=cast.elin, at=now())
    with foundation.acting(cast.elin):
        assert not DraftAttachment.objects.exists()


def test_nobody_else_sees_or_saves_a_draft_not_even_the_system(cast, intruder):
    draft = begin(cast.elin)
    for other in (cast.greta, cast.farid, cast.asa, cast.carina, cast.ada, cast.system):
        with foundation.acting(other):
            assert not ApplicationDraft.objects.exists()
        with pytest.raises(foundation.HandslagError):
            save(draft, other, kind="none", rent_kr="0")
    with connection.cursor() as cursor:  # the role itself, without an actor
        cursor.execute("SELECT count(*) FROM income_support_applicationdraft")
        assert cursor.fetchone()[0] == 0
    assert intruder.execute("SELECT count(*) FROM income_support_applicationdraft").fetchone()[0] == 0


def test_only_the_system_forgets(cast):
    from django.db import ProgrammingError, transaction

    with pytest.raises(ProgrammingError), transaction.atomic():
        drafts.forget_old_drafts(by=cast.elin, at=now())
