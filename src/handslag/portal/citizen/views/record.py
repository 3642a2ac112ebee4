"""The person's own record: who they are to us, what has been written, and who has read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.citizen.readings import readings_of, working_with
from handslag.portal.shell.doors import resident


@resident
def record(request: Any) -> HttpResponse:
    """Own data with source, the signed notes and papers of each case, and the log of readings."""
    actor = request.actor
    cases = casework.find_cases_of(actor.person_id, actor)
    context = {
        "nav": "record",
        "person": people.get_person(actor.person_id, actor),
        "number": people.identity_number_of(actor.person_id, actor),
        "address": people.address_of(actor.person_id, actor),
        "contacts": people.contact_ways_of(actor.person_id, actor),
        "household": people.household_of(actor.person_id, foundation.today(), actor),
        "cases": [
            (
                case,
                casework.find_notes(case.id, actor).rows,
                casework.find_documents(case.id, actor).rows,
                casework.find_communications(case.id, actor),
            )
            for case in cases
        ],
        "working": working_with(cases),
        "readings": readings_of(actor),
    }
    foundation.log_read(actor, person_id=actor.person_id, page="citizen.record")
    return render(request, "citizen/record.html", context)
