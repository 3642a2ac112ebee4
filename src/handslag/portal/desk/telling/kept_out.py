"""Who is told of a case, and keeping a guardian out of all that it tells."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.telling.forms import KeepOutForm
from handslag.portal.desk.telling.presenters import told_who
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff


@staff(*READERS)
def who(request: Any, case_id: UUID) -> HttpResponse:
    """Everybody who is or is not told, each with why; a guardian is kept out here, with the ground."""
    context = frame(request, case_id, "decisions", "desk.told")
    if context["case"].kind != "child_protection":
        raise casework.CaseNotFound
    actor, case = request.actor, context["case"]
    kept = casework.find_kept_out(case_id, actor)
    guardians = _guardians(context, {one.person_id for one in kept}, actor)
    form = KeepOutForm(request.POST or None, people=guardians)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.keep_out(
                case_id=case.id,
                person_id=UUID(asked["person"]),
                ground=asked["ground"],
                because=asked["because"],
                by=actor,
                at=foundation.now(),
            ),
            places={"person_id": "person"},
        )
        if done is not None:
            messages.success(request, gettext("The guardian is told nothing of the case from now."))
            return redirect("desk-told", case.id)
    names = people.names_of([one.person_id for one in kept], actor)
    context |= {
        "form": form if guardians and context["works"] else None,
        "receivers": told_who(casework.find_receivers(case_id, actor), actor),
        "rule": casework.record_rule(),
        "age_confirmed": casework.is_told_age_confirmed(),
        "kept": [(one, names.get(one.person_id, "")) for one in kept],
        "told_decisions": [
            (one, casework.find_decision_notices(one.id, actor))
            for one in casework.find_decisions(case_id, actor)
        ],
    }
    return render(request, "desk/telling/who.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
@require_POST
def lift(request: Any, case_id: UUID, kept_out_id: UUID) -> HttpResponse:
    """The guardian is told again."""
    if kept_out_id not in {one.id for one in casework.find_kept_out(case_id, request.actor)}:
        raise casework.PartNotFound("Nobody is kept out here.")
    casework.let_in(kept_out_id=kept_out_id, by=request.actor, at=foundation.now())
    messages.success(request, gettext("The guardian is told of the case again."))
    return redirect("desk-told", case_id)


def _guardians(context: dict[str, Any], kept: set[UUID], actor: foundation.Actor) -> list[tuple[str, str]]:
    """Those who can be kept out: the guardians who are parties, and whoever is registered as one today."""
    case = context["case"]
    found = {
        one.person_id
        for one in casework.find_parties(case.id, actor)
        if one.role == casework.PartyRole.GUARDIAN
    }
    relations = people.relations_of(case.person_id, actor)
    found |= {row.person_id for row in relations if row.kind == "guardian" and row.other_id == case.person_id}
    names = people.names_of(found - kept, actor)
    return sorted(((str(one), name) for one, name in names.items()), key=lambda pair: pair[1])
