"""The simulators of the registers, started beside the demo municipality as processes of their own."""

from typing import Any


def children(product: Any, child: Any) -> list[Any]:
    """The simulator processes of the demo; none until the integrations offer them."""
    return []
