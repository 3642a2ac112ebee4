"""Taking a report of concern in (SoL 19:1-4)."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from handslag.casework import public as casework
from handslag.child_protection import report_events as events
from handslag.child_protection.models import (
    Report,
    ReportAttachment,
    ReportAttachmentContent,
    ReportedChild,
    Reporter,
)
from handslag.child_protection.operations import identification
from handslag.child_protection.operations.landing import Landing, lands_with
from handslag.child_protection.operations.last_day import day_of_law
from handslag.child_protection.operations.notices import tell_managers
from handslag.child_protection.report_access import OWN_HAND
from handslag.child_protection.states import Channel, Concern, Profession, ReporterKind, urgency_of
from handslag.child_protection.told import ChildAsTold, ReporterAsTold
from handslag.foundation import public as foundation
from handslag.people import public as people

PREFIX = "OA"
LONGEST = 20_000
MOST_CHILDREN = 12
MOST_PAPERS = 10
_RECEIPT_SIGNS = 12


@foundation.operation
def receive_report(
    *, what_seen: str, children: Sequence[ChildAsTold], when_seen: str = "", where_now: str = "",
    danger_now: bool = False, danger_text: str = "", concern_codes: Sequence[str] = (),
    reporter: ReporterAsTold | None = None, channel: str = Channel.WEB, municipality: str = "",
    attachments: Sequence[tuple[str, bytes]] = (), idempotency_key: str = "",
    by: foundation.Actor, at: datetime,
) -> Report:  # fmt: skip
    """Take a report in and let it land with the unit that is at work; it gets a number, OA-2026-00001.

    Anyone may report: a visitor, a resident who is logged in, staff, the system. `receipt_code` of the answer is the
    secret that, with the number, shows an anonymous reporter that the report came in; the row keeps its hash. The
    same `idempotency_key` of the same actor gives the same report, with the same code. A number that names a protected
    person closes the report at once. Raises BadInput, the file errors of casework, and NobodyReceives.
    """
    key = _key(idempotency_key, by)
    known = _already(key)
    if known is not None:
        return known
    codes = _codes(concern_codes)
    if not what_seen.strip():
        raise foundation.BadInput(
            "Tell what you have seen or heard.", where="what_seen", do="A few words are enough."
        )
    if not children or len(children) > MOST_CHILDREN:
        raise foundation.BadInput(
            "Say which child it concerns; at most {most} in one report.",
            where="children",
            do="You need not know the name: an age, or where the child was, is enough.",
            values={"most": MOST_CHILDREN},
        )
    papers = _checked_papers(attachments)
    row_of_reporter = _reporter(reporter or ReporterAsTold(), channel, by)
    # Who reports themselves signs nothing, neither in the child's file nor in the log: that would tell who reported.
    hand = OWN_HAND if row_of_reporter.account_id or not by.is_staff else by
    landing = lands_with(municipality, at)
    try:
        with transaction.atomic(), foundation.acting(OWN_HAND):
            report = _report(landing, codes, channel, key, at)
            report.what_seen, report.when_seen = _text(what_seen), _text(when_seen)
            report.where_now, report.danger_text = _text(where_now), _text(danger_text)
            report.danger_now = bool(danger_now or danger_text.strip())
            report.urgency = urgency_of(report.danger_now, codes)
            report.save(force_insert=True)
            row_of_reporter.report = report
            row_of_reporter.save(force_insert=True)
            for name, content, media_type, scan in papers:
                _keep_paper(report, name, content, media_type, scan, at)
    except IntegrityError:
        known = _already(key)
        if known is None:
            raise
        return known
    received = events.ReportReceived(
        report_id=report.id, unit_id=report.unit_id, channel=channel, children=len(children),
        danger_now=report.danger_now, out_of_hours=report.out_of_hours, concern_codes=tuple(codes),
        reporter_kind=row_of_reporter.kind, profession=row_of_reporter.profession,
    )  # fmt: skip
    events.tell(received, by=hand, at=at)
    for told in children:
        _add_child(report, told, by=by, hand=hand, at=at)
    if report.danger_now:
        tell_managers(report, "child_protection.danger_reported", at=at)
    report.receipt_code = receipt_code_of(report.id)
    return report


def receipt_code_of(report_id: UUID) -> str:
    """The secret of a report's receipt: made from the installation's own key, so that it need not be stored."""
    made = hmac.new(foundation.actor_key(), b"receipt" + report_id.bytes, hashlib.sha256).digest()
    plain = base64.b32encode(made).decode()[:_RECEIPT_SIGNS]
    return "-".join(plain[place : place + 4] for place in range(0, _RECEIPT_SIGNS, 4))


def receipt_hash(report_id: UUID, code: str) -> str:
    """What the row keeps of the secret; case, spaces and hyphens do not count."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())[:40]
    return hashlib.sha256(report_id.bytes + plain.encode()).hexdigest()


def _report(landing: Landing, codes: list[str], channel: str, key: str | None, at: datetime) -> Report:
    if channel not in Channel.values:
        raise foundation.BadInput(
            "There is no such way to report.", where="channel", do="Choose one of the ways."
        )
    year = foundation.day_of(at).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_next_case_number(%s, %s)", [PREFIX, year])
        number = f"{PREFIX}-{year}-{cursor.fetchone()[0]:05d}"
    report = Report(
        number=number, unit_id=landing.unit_id, day_unit_id=landing.day_unit_id,
        municipality=landing.municipality, channel=channel, received_at=at,
        out_of_hours=landing.out_of_hours, concern_codes=codes, idempotency_key=key,
    )  # fmt: skip
    report.receipt_hash = receipt_hash(report.id, receipt_code_of(report.id))
    report.decide_by = day_of_law(report)
    return report


def _add_child(
    report: Report, told: ChildAsTold, *, by: foundation.Actor, hand: foundation.Actor, at: datetime
) -> None:
    child = ReportedChild(
        report=report, given_name=_line(told.given_name, 100), family_name=_line(told.family_name, 100),
        born=told.born, age_told=_line(told.age_told, 60), number_told=_line(told.identity_number or "", 20),
        lives_with=_text(told.lives_with), added_at=at,
    )  # fmt: skip
    with foundation.acting(OWN_HAND):
        child.save(force_insert=True)
    person = people.get_person(told.person_id, by) if told.person_id is not None and by.is_staff else None
    identification.at_arrival(child, person, by=hand, at=at)


def _reporter(told: ReporterAsTold, channel: str, by: foundation.Actor) -> Reporter:
    if told.kind not in ReporterKind.values or (told.profession and told.profession not in Profession.values):
        raise foundation.BadInput(
            "There is no such kind of reporter.", where="reporter", do="Choose one of the kinds."
        )
    if told.kind == ReporterKind.ANONYMOUS:
        if told.under_duty:
            raise foundation.BadInput(
                "Who must report by law cannot be anonymous.",
                where="reporter",
                do="Give your name and your work.",
            )
        return Reporter(kind=told.kind, wants_protection=True)
    own = by if by.is_staff and channel == Channel.OWN else None
    return Reporter(
        kind=told.kind, profession=told.profession, name=_line(told.name, 200), phone=_line(told.phone, 60),
        email=_line(told.email, 254), employer=_line(told.employer, 200), under_duty=told.under_duty,
        wants_feedback=told.wants_feedback, wants_protection=told.wants_protection,
        person_id=by.person_id if by.is_resident else None, account_id=own.account_id if own else None,
    )  # fmt: skip


def _checked_papers(attachments: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes, str, str]]:
    if len(attachments) > MOST_PAPERS:
        raise foundation.BadInput(
            "There are already {most} papers.",
            where="attachments",
            do="Send the most important ones, and hand in the rest later.",
            values={"most": MOST_PAPERS},
        )
    return [
        (
            casework.plain_name(name),
            content,
            casework.checked_media_type(content, name),
            casework.scanned(content),
        )
        for name, content in attachments
    ]


def _keep_paper(report: Report, name: str, content: bytes, media_type: str, scan: str, at: datetime) -> None:
    paper = ReportAttachment(
        report=report, name=name, media_type=media_type, size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(), scan=scan, added_at=at,
    )  # fmt: skip
    paper.save(force_insert=True)
    ReportAttachmentContent(attachment=paper, content=content).save(force_insert=True)


def _already(key: str | None) -> Report | None:
    if key is None:
        return None
    with foundation.acting(OWN_HAND):
        known = Report.objects.filter(idempotency_key=key).first()
    if known is not None:
        known.receipt_code = receipt_code_of(known.id)
    return known


def _key(idempotency_key: str, by: foundation.Actor) -> str | None:
    if not idempotency_key:
        return None
    return hashlib.sha256(f"{by.kind}|{by.account_id}|{idempotency_key}".encode()).hexdigest()


def _codes(concern_codes: Sequence[str]) -> list[str]:
    codes = list(dict.fromkeys(concern_codes))
    if any(code not in Concern.values for code in codes):
        raise foundation.BadInput(
            "There is no such kind of concern.", where="concern_codes", do="Choose among those listed."
        )
    return codes


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise foundation.BadInput(
            "The text is longer than {most} characters.",
            where="what_seen",
            do="Shorten it, or send the rest as a file.",
            values={"most": LONGEST},
        )
    return text.replace("\x00", "").strip()


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\x00", "").split())[:most]
