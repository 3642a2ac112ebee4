"""What a child wants kept from a guardian: written down after a talk, weighed with the child's age, opened by two."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.telling.forms import ReviewWishForm, WeighWishForm, WishForm
from handslag.portal.desk.views.frame import WORKERS, frame
from handslag.portal.shell import formats
from handslag.portal.shell.doors import staff


@staff(*WORKERS)
def record(request: Any, case_id: UUID) -> HttpResponse:
    """Write down what a child has said in a talk; it is followed from then."""
    context = wishes_frame(request, case_id)
    actor = request.actor
    guardians = people.names_of([one.person_id for one in casework.find_sights(case_id, actor)], actor)
    notes = [
        (str(one.id), f"{formats.day(one.happened_on)}, {one.subject or one.get_kind_display()}")
        for one in casework.find_notes(case_id, actor).rows
        if one.is_signed
    ]
    form = WishForm(
        request.POST or None,
        initial={"note": request.GET.get("anteckning", "")},
        people=[(str(one), name) for one, name in guardians.items()],
        notes=notes,
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.record_wish(
                case_id=case_id,
                words=asked["words"],
                toward_id=UUID(asked["toward"]) if asked["toward"] else None,
                note_id=UUID(asked["note"]) if asked["note"] else None,
                passage=asked["passage"],
                by=actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("The child's wish is followed from now. Weigh it next."))
            return redirect("desk-wish", case_id, done.id)
    context |= {"form": form}
    return render(request, "desk/telling/wish_new.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def wish(request: Any, case_id: UUID, wish_id: UUID) -> HttpResponse:
    """One wish: weigh it, or agree as the second person to what a colleague proposes."""
    context = wishes_frame(request, case_id)
    actor = request.actor
    wishes = casework.find_wishes(case_id, actor, with_rest_of=wish_id)
    found = next((one for one in wishes if one.id == wish_id), None)
    if found is None:
        raise casework.PartNotFound("There is no such wish here, or it has been weighed already.")
    is_second = found.state == casework.WishState.PROPOSED and found.weighed_by_id != actor.account_id
    form: WeighWishForm | ReviewWishForm
    if is_second:
        form = ReviewWishForm(request.POST or None)
    else:
        form = WeighWishForm(
            request.POST or None,
            initial={"maturity": found.maturity, "because": found.because},
            is_of_words=bool(found.rest),
        )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: (
                casework.review_wish(
                    wish_id=found.id, agree=asked["agree"] == "yes", words=asked["words"], by=actor, at=foundation.now()
                )
                if is_second
                else casework.weigh_wish(
                    wish_id=found.id, follow=asked["follow"] != "no", rest_shown=asked["follow"] == "rest",
                    maturity=asked["maturity"], because=asked["because"], by=actor, at=foundation.now(),
                )
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _done_words(done.state, rest_shown=done.rest_shown))
            return redirect("desk-sight", case_id)
    context |= {
        "form": None if found.state == casework.WishState.OPENED else form,
        "one": wish_rows([found], actor)[0],
        "is_second": is_second,
        "rests": [] if is_second else _rests(found, actor),
    }
    return render(request, "desk/telling/wish.html", context, status=400 if form.errors else 200)


def wish_rows(
    wishes: list[casework.ChildWish], actor: foundation.Actor
) -> list[tuple[casework.ChildWish, str]]:
    """Each wish with the name of the guardian whom it is toward; empty: every guardian."""
    names = people.names_of([one.toward_id for one in wishes if one.toward_id is not None], actor)
    return [
        (one, "" if one.toward_id is None else names.get(one.toward_id, "") or gettext("hidden"))
        for one in wishes
    ]


def wishes_frame(request: Any, case_id: UUID) -> dict[str, Any]:
    """The frame of a child's file; raises CaseNotFound for another kind."""
    context = frame(request, case_id, "decisions", "desk.told")
    if context["case"].kind != "child_protection":
        raise casework.CaseNotFound
    return context


def _rests(wish: casework.ChildWish, actor: foundation.Actor) -> list[tuple[str, Any]]:
    """What guardians would read of the note without the words, with the name of each; once where all read the same."""
    names = people.names_of([one.reader_id for one in wish.rest], actor)  # type: ignore[attr-defined]
    found: dict[Any, list[str]] = {}
    for one in wish.rest:
        alike = (one.subject, one.body, one.corrections)  # type: ignore[attr-defined]
        found.setdefault(alike, []).append(names.get(one.reader_id, "") or gettext("hidden"))  # type: ignore[attr-defined]
    return [
        (", ".join(who), {"subject": subject, "body": body, "corrections": corrections})
        for (subject, body, corrections), who in found.items()
    ]


def _done_words(state: str, *, rest_shown: bool) -> str:
    if rest_shown:
        return gettext("The child's wish is followed. The guardian reads the rest of the note.")
    if state == casework.WishState.OPENED:
        return gettext("It is no longer kept from the guardian. Nothing more than that has been opened.")
    if state == casework.WishState.PROPOSED:
        return gettext("It is followed until a colleague or the manager agrees.")
    return gettext("The child's wish is followed.")
