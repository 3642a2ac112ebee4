"""The reception desk: reports of concern as they arrive, and what is decided about each child."""
