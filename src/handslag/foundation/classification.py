"""What kind of information a field holds; every field of every model says it (design.md, section 3).

`identity` tells who someone is, `sensitive` tells of health, need, family or money, `free` is written by
people and may hold anything, `internal` is the system's own. Logs and events carry internal fields only.
"""

from typing import Literal, get_args

Class = Literal["identity", "sensitive", "internal", "free"]
CLASSES: tuple[str, ...] = get_args(Class)
