"""Who the letters come from: the municipality tells once, at start (`config.wiring`)."""

from __future__ import annotations

from handslag.income_support.letter.content import Sender

_in_use: list[Sender] = []


def use_sender(sender: Sender) -> None:
    """Letters made from now on come from this sender; its `unit` is replaced by the unit of each case."""
    _in_use[:] = [sender]


def sender_for(unit_name: str) -> Sender:
    """The sender of a letter about a case of the unit. Without one told, the letter names the unit alone."""
    told = _in_use[0] if _in_use else Sender("Kommunen", "", (), (unit_name,))
    return Sender(told.name, unit_name, told.contact, told.appeal_address)
