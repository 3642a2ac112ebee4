"""Which implementation stands behind each port in this installation."""


def wire() -> None:
    """Join the ports that the contexts declare to the integrations that answer them."""
