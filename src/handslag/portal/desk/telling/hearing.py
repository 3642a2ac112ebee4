"""Telling the parties of an investigation before the decision: written, seen as each will read it, and then sent (FL 25)."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.telling.forms import HearingForm
from handslag.portal.desk.telling.presenters import Reading, told_who
from handslag.portal.desk.views.frame import WORKERS, frame
from handslag.portal.shell import formats
from handslag.portal.shell.doors import staff


@staff(*WORKERS)
def communicate(request: Any, case_id: UUID, investigation_id: UUID) -> HttpResponse:
    """First what each will read and who is not told; sent only when that has been seen. Or why it is not needed."""
    context = frame(request, case_id, "investigation", "desk.investigation")
    actor = request.actor
    view = children.investigation_view(investigation_id, actor)
    if view.investigation.case_id != case_id:
        raise children.NoSuchInvestigation
    if not context["works_now"] or view.investigation.state != "open":
        raise children.InvestigationIsClosed if context["works_now"] else casework.NotYours
    receivers = casework.find_receivers(case_id, actor)
    told = told_who(receivers, actor)
    parts = _parts(view)
    form = HearingForm(
        request.POST or None,
        parts=[(code, title) for code, (title, _text) in parts.items()],
        papers={
            one.person_id: (one.name, copies)
            for one in told
            if not one.why_not and (copies := _copies(case_id, one.person_id, actor))
        },
    )
    readings: list[Reading] | None = None
    seen = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        waives = bool(asked["waived_because"].strip())
        material = _material(asked, parts)
        seen = _digest(material, asked, form.papers())
        if not waives and not (request.POST.get("act") == "send" and request.POST.get("seen") == seen):
            readings = attempt(form, lambda: _readings(case_id, material, asked["show_because"], actor))
        else:
            done = attempt(
                form,
                lambda: (
                    casework.waive_communication(
                        case_id=case_id, matter_id=investigation_id, because=asked["waived_because"].strip(),
                        by=actor, at=foundation.now(),
                    )
                    if waives
                    else children.communicate_investigation(
                        investigation_id=investigation_id, material=material, answer_until=asked["answer_until"],
                        document_ids=form.papers(), show_because=asked["show_because"], by=actor,
                        at=foundation.now(),
                    )
                ),
                places={"document_id": "material", "person_id": "material"},
            )  # fmt: skip
            if done is not None:
                words = (
                    gettext("The reason is recorded.") if waives else gettext("The parties have been told.")
                )
                messages.success(request, words)
                return redirect("desk-investigation-one", case_id, investigation_id)
    context |= {"form": form, "one": view.investigation, "told": told, "readings": readings, "seen": seen, "rule": casework.record_rule()}
    return render(request, "desk/telling/hearing.html", context, status=400 if form.errors else 200)


def _readings(case_id: UUID, material: str, show_because: str, actor: foundation.Actor) -> list[Reading]:
    planned = casework.preview_communication(case_id, material, actor, show_because=show_because)
    words = told_who([one for one, _text in planned], actor)
    return [
        Reading(told, text.texts if text else (), text.hidden if text else ())
        for told, (_one, text) in zip(words, planned, strict=True)
    ]


def _parts(view: children.InvestigationView) -> dict[str, tuple[Any, str]]:
    """The texts of the investigation that can be taken in, by a code, each with its heading."""
    titles = dict(children.StatementKind.choices)
    found: dict[str, tuple[Any, str]] = {
        f"area:{each.area.value}": (each.area.label, each.body) for each in view.areas if each.body
    }
    for kind, said in view.statements.items():
        found[f"stated:{kind}"] = (
            titles.get(kind, kind),
            "\n".join(filter(None, (said.body, said.protection))),
        )
    return found


def _material(asked: dict[str, Any], parts: dict[str, tuple[Any, str]]) -> str:
    taken = [f"{title}\n{text}" for title, text in (parts[code] for code in asked.get("parts") or ())]
    return "\n\n".join([asked["material"].strip(), *taken])


def _copies(case_id: UUID, person_id: UUID, actor: foundation.Actor) -> list[tuple[str, str]]:
    """The copies that were masked for the person and given on the own page, newest first."""
    return [
        (str(one.document_id), gettext("Copy given {day}").format(day=formats.day(one.given_at)))
        for one in casework.find_copies(case_id, actor)
        if one.receiver_id == person_id and one.given_way == "my_page" and one.document_id
    ]


def _digest(material: str, asked: dict[str, Any], papers: dict[UUID, UUID]) -> str:
    """What stood on the page when it was looked through; another text must be looked through again."""
    facts = [material, str(asked["answer_until"]), asked["show_because"], sorted(map(str, papers.items()))]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
