"""What of a person is secret toward another: seeing it, setting it, ending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.family.drawn import what_of
from handslag.portal.desk.family.forms import EndForm, SecretForm, TellingForm, telling_of
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.shell.doors import staff


@staff(*WORKERS)
def secrets(request: Any, person_id: UUID) -> HttpResponse:
    """The secrets that hold, and a form for one more: toward somebody in the family that the reader sees."""
    actor = request.actor
    form = SecretForm(request.POST or None)
    context = _context(request, person_id)
    form.fields["toward"].choices = [  # type: ignore[attr-defined]
        (str(one.id), one.name) for one in context["view"].persons if one.id != person_id
    ]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: coordination.keep_secret(
                person_id=person_id,
                toward_id=UUID(asked["toward"]),
                address="address" in asked["what"],
                contact="contact" in asked["what"],
                placement="placement" in asked["what"],
                ground=asked["ground"],
                because=asked["because"],
                telling=telling_of(form),
                by=actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("It is secret from now on."))
            return redirect("desk-secrets", person_id)
    context["form"] = form
    return render(request, "desk/family/secrets.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def end(request: Any, person_id: UUID, secret_id: UUID) -> HttpResponse:
    """It is secret no more, with why."""
    form = EndForm(request.POST or None)
    context = _context(request, person_id)
    context["ending"] = next((one for one, _, _ in context["secrets"] if one.id == secret_id), None)
    if context["ending"] is None:
        raise coordination.SecretNotFound
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: coordination.end_secret(
                secret_id=secret_id,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("It is no longer secret."))
            return redirect("desk-secrets", person_id)
    context["form"] = form
    return render(request, "desk/family/secrets.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def telling(request: Any, person_id: UUID, secret_id: UUID) -> HttpResponse:
    """Change the words that may tell where the person is."""
    context = _context(request, person_id)
    held = next((one for one, _, _ in context["secrets"] if one.id == secret_id), None)
    if held is None:
        raise coordination.SecretNotFound
    form = TellingForm(request.POST or None, initial={kind: "\n".join(words) for kind, words in held.telling.items()})
    # Every field may be empty, so that a form without any words is a wish too.
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: coordination.tell_more_of_secret(
                secret_id=secret_id, telling=telling_of(form), by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The words are kept. They are shown to whoever masks a copy."))
            return redirect("desk-secrets", person_id)
    context |= {"form": form, "telling": held}
    return render(request, "desk/family/secrets.html", context, status=400 if form.errors else 200)


def _context(request: Any, person_id: UUID) -> dict[str, Any]:
    actor = request.actor
    view = coordination.find_family(person_id, actor)
    foundation.log_read(actor, person_id=person_id, page="desk.secrets")
    held = coordination.secrets_of(person_id, actor)
    names = {one.id: one.name for one in view.persons}
    names |= people.names_of([row.toward_id for row in held if row.toward_id not in names], actor)
    return {
        "nav": "search",
        "view": view,
        "person_id": person_id,
        "name": names.get(person_id, ""),
        "secrets": [(row, names.get(row.toward_id, ""), what_of(row)) for row in held],
        "unconfirmed": coordination.UNCONFIRMED_GROUNDS,
    }
