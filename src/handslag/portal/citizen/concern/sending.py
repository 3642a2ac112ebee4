"""From the answers to one report: what the reception gets, whoever wrote it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handslag.child_protection import public as children
from handslag.foundation.public import VISITOR, Actor
from handslag.portal.citizen.concern import steps
from handslag.portal.citizen.concern.drafts import Draft, papers_with_content
from handslag.portal.citizen.concern.forms import ANONYMOUS, PRIVATE, YES


def send(draft: Draft, *, by: Actor, at: datetime) -> children.Report:
    """Hand the report over, once for each draft. Who wants to be unknown is a visitor here too, logged in or not."""
    answers = draft.answers
    kind = steps.cleaned(steps.WHO, answers)["kind"]
    danger = steps.cleaned(steps.DANGER, answers)["danger_now"] == YES
    return children.receive_report(
        what_seen=steps.cleaned(steps.SEEN, answers)["what_seen"],
        when_seen=steps.cleaned(steps.WHEN, answers)["when_seen"],
        where_now=steps.cleaned(steps.WHERE, answers)["where_now"],
        danger_now=danger,
        danger_text=answers.get(steps.CALL, {}).get("danger_text", "") if danger else "",
        concern_codes=steps.cleaned(steps.KINDS, answers)["concern_codes"],
        children=[_child(steps.form_of(steps.CHILDREN, answers, one)) for one in answers[steps.CHILDREN]],
        reporter=_reporter(kind, answers),
        channel=children.Channel.WEB,
        attachments=papers_with_content(draft.seal),
        idempotency_key=f"concern {draft.seal.id}",
        by=VISITOR if kind == ANONYMOUS else by,
        at=at,
    )


def _child(form: Any) -> children.ChildAsTold:
    form.is_valid()
    told = form.cleaned_data
    return children.ChildAsTold(
        given_name=told["given_name"],
        family_name=told["family_name"],
        age_told=told["age_told"],
        lives_with=told["lives_with"],
        identity_number=told["identity_number"] or None,
    )


def _reporter(kind: str, answers: Mapping[str, Any]) -> children.ReporterAsTold:
    if kind == ANONYMOUS:
        return children.ReporterAsTold(kind=kind)
    told = steps.cleaned(steps.CONTACT, answers)
    common = {
        "kind": kind,
        "name": told["name"],
        "phone": told["phone"],
        "email": told["email"],
        "wants_protection": told["wants_protection"],
    }
    if kind == PRIVATE:
        return children.ReporterAsTold(**common)
    return children.ReporterAsTold(
        **common,
        profession=told["profession"],
        employer=told["employer"],
        under_duty=told["under_duty"] == YES,
        wants_feedback=told["wants_feedback"],
    )
