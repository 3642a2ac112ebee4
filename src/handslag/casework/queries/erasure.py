"""Lists of erasure as those who approve them see them."""

from dataclasses import dataclass
from uuid import UUID

from handslag.casework.models import Case, ErasureItem, ErasureList
from handslag.casework.models.erasure import ItemState
from handslag.casework.operations.erasure import may_approve_erasure
from handslag.foundation.public import Actor

SHOWN = 500


@dataclass(frozen=True)
class ListedFile:
    """A file of a list; `number` and `kind` are empty once it is erased, and for an administrator who opens no case."""

    item: ErasureItem
    number: str
    kind: str


@dataclass(frozen=True)
class ListToErase:
    """A list with its files that the actor may see."""

    erasure: ErasureList
    files: list[ListedFile]
    may_approve: bool

    @property
    def proposed(self) -> int:
        """How many files wait for an approval by the one who reads."""
        return sum(file.item.state == ItemState.PROPOSED for file in self.files)

    def count(self, state: str) -> int:
        """How many files are in a state."""
        return sum(file.item.state == state for file in self.files)


def find_erasure_lists(actor: Actor, *, limit: int = 24) -> list[ListToErase]:
    """The latest lists that the actor may see, latest first; the database leaves out other units' and hidden cases."""
    found = []
    for one in ErasureList.objects.select_related("unit", "approved_by").order_by("-made_at", "-id")[:limit]:
        items = list(ErasureItem.objects.filter(list=one)[:SHOWN])
        cases = _cases([item.case_uuid for item in items])
        files = [ListedFile(item, *cases.get(item.case_uuid, ("", ""))) for item in items]
        found.append(ListToErase(one, files, may_approve_erasure(actor, one.unit_id)))
    return found


def _cases(ids: list[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = Case.objects.filter(id__in=ids).values_list("id", "number", "kind")
    return {id_: (number, kind) for id_, number, kind in rows}
