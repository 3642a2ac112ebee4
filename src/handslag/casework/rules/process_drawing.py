"""A process drawn as SVG from its declaration. Pure: texts are given in the reader's language.

One column of boxes in the order of the steps, so that it is read on a phone as on paper; arrows run beside them. No
colour and no style is written here: classes carry both, so that dark mode, print and a strict content policy hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from handslag.casework.processes import Process, Step

WIDTH, GUTTER, LANE, PAD, GAP = 420, 20, 14, 12, 26
TITLE_LINE, META_LINE, LETTERS = 20, 17, 34
_META_LETTERS = 44


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing says: its name, what it shows, what each role and clock is called, and "may be left out"."""

    title: str
    description: str
    roles: Mapping[str, str]
    clocks: Mapping[str, str]
    optional: str


@dataclass(frozen=True, slots=True)
class _Box:
    step: Step
    title: Sequence[str]
    meta: Sequence[str]
    top: int

    @property
    def height(self) -> int:
        return 2 * PAD + TITLE_LINE * len(self.title) + META_LINE * len(self.meta)

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def draw_process(process: Process, words: Words, *, stands: Mapping[str, str] | None = None) -> str:
    """The process as one `svg` element; `stands` marks each step's class: done, next, behind, later.

    The element names itself for those who do not see it; the steps stand as text beside it on the page.
    """
    boxes = _boxes(process, words)
    lanes = _lanes(boxes)
    left = GUTTER + LANE * (max(lanes.values(), default=-1) + 1)
    height = boxes[-1].top + boxes[-1].height + PAD
    parts = [
        f'<svg class="process" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="process-title process-desc"'
        ' xmlns="http://www.w3.org/2000/svg">',
        f'<title id="process-title">{escape(words.title)}</title>',
        f'<desc id="process-desc">{escape(words.description)}</desc>',
        '<defs><marker id="process-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto"><path class="process-head" d="M0 0 L8 4 L0 8 z"/></marker></defs>',
    ]
    parts += _arrows(boxes, lanes, left)
    parts += [_box(box, left, (stands or {}).get(box.step.code, "")) for box in boxes]
    return "".join([*parts, "</svg>"])


def _boxes(process: Process, words: Words) -> list[_Box]:
    boxes: list[_Box] = []
    top = PAD
    for step in process.steps:
        meta = [" · ".join(filter(None, (words.roles.get(step.who, step.who), step.law)))]
        if step.clock:
            meta.append(words.clocks.get(step.clock, step.clock))
        if step.optional:
            meta.append(words.optional)
        lines = [line for text in meta for line in _wrapped(text, _META_LETTERS)]
        box = _Box(step, _wrapped(str(step.title), LETTERS), lines, top)
        boxes.append(box)
        top += box.height + GAP
    return boxes


def _lanes(boxes: Sequence[_Box]) -> dict[str, int]:
    """Beside which boxes a line runs, by where it begins: lines that would touch get lanes of their own."""
    place = {box.step.code: number for number, box in enumerate(boxes)}
    spans = []
    for box in boxes:
        here = place[box.step.code]
        far = [place[other.step.code] for other in boxes if box.step.code in other.step.after]
        far = [there for there in far if there != here + 1]
        if far:
            spans.append((here, max(far), box.step.code))
    lanes: dict[str, int] = {}
    ends: list[int] = []
    for first, last, code in spans:
        free = next((lane for lane, end in enumerate(ends) if end < first), None)
        if free is None:
            ends.append(last)
            lanes[code] = len(ends) - 1
        else:
            ends[free], lanes[code] = last, free
    return lanes


def _arrows(boxes: Sequence[_Box], lanes: Mapping[str, int], left: int) -> list[str]:
    found = []
    for number, box in enumerate(boxes):
        for later_number, later in enumerate(boxes):
            if box.step.code not in later.step.after:
                continue
            if later_number == number + 1:
                middle = (left + WIDTH - PAD) // 2
                found.append(f"M{middle} {box.top + box.height} V{later.top - 2}")
            else:
                lane = left - GUTTER // 2 - LANE * lanes[box.step.code] - 4
                found.append(f"M{left} {box.middle + 6} H{lane} V{later.middle - 6} H{left - 2}")
    return [f'<path class="process-arrow" d="{line}" marker-end="url(#process-head)"/>' for line in found]


def _box(box: _Box, left: int, stand: str) -> str:
    names = [
        "process-box",
        *(["process-box--optional"] if box.step.optional else []),
        *([f"process-box--{stand}"] if stand else []),
    ]
    width, x = WIDTH - PAD - left, left + PAD
    lines = [
        f'<rect class="{" ".join(names)}" x="{left}" y="{box.top}" width="{width}" height="{box.height}" rx="6"/>'
    ]
    y = box.top + PAD + 14
    for line in box.title:
        lines.append(f'<text class="process-title" x="{x}" y="{y}">{escape(line)}</text>')
        y += TITLE_LINE
    for line in box.meta:
        lines.append(f'<text class="process-meta" x="{x}" y="{y}">{escape(line)}</text>')
        y += META_LINE
    return f'<g class="process-step">{"".join(lines)}</g>'


def _wrapped(text: str, letters: int) -> list[str]:
    """The text in lines of at most so many letters, broken between words."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > letters and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
