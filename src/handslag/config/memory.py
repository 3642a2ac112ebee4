"""How a process that has started looks for memory to give back."""

import gc

# Between two looks among what is new. A request or a job makes some ten thousand objects and almost no circles.
NEW_OBJECTS, YOUNG_LOOKS, OLD_LOOKS = 20_000, 20, 50


def settle() -> None:
    """What has been loaded stays: it is not looked through again, and what comes is looked through less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, OLD_LOOKS)
