"""A process drawn as SVG from its declaration. Pure: texts are given in the reader's language.

One column of boxes in the order of the steps, so that it is read on a phone as on paper. What leads to the next box goes
straight down; what one step opens runs on the left of the boxes, and what several steps must be done before, on the
right. A line is left out where another way over steps that are never left out tells the same. No
colour and no style is written here: classes carry both, so that dark mode, print and a strict content policy hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from handslag.casework.processes import Process, Step

WIDTH, GUTTER, LANE, PAD, GAP = 420, 20, 14, 12, 26
TITLE_LINE, META_LINE, LETTERS = 20, 17, 36
_META_LETTERS = 44
# Lines that leave a box and lines that come to it meet its side so far from the middle.
_APART = 6


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


@dataclass(frozen=True, slots=True)
class _Bus:
    """Lines that share one upright: from one box to several, or from several to one. Places of boxes, from above."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]

    @property
    def first(self) -> int:
        return min(self.sources)

    @property
    def last(self) -> int:
        return max(self.targets)


def draw_process(process: Process, words: Words, *, stands: Mapping[str, str] | None = None) -> str:
    """The process as one `svg` element; `stands` marks each step's class: done, next, behind, later.

    The element names itself for those who do not see it; the steps stand as text beside it on the page.
    """
    boxes = _boxes(process, words)
    straight, opened, gathered = _lines(process)
    lanes, back_lanes = _lanes(opened), _lanes(gathered)
    left = _margin(lanes)
    right = WIDTH - _margin(back_lanes)
    height = boxes[-1].top + boxes[-1].height + PAD
    parts = [
        f'<svg class="process" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="process-title process-desc"'
        ' xmlns="http://www.w3.org/2000/svg">',
        f'<title id="process-title">{escape(words.title)}</title>',
        f'<desc id="process-desc">{escape(words.description)}</desc>',
        '<defs><marker id="process-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto"><path class="process-head" d="M0 0 L8 4 L0 8 z"/></marker></defs>',
    ]
    middle = (left + right) // 2
    arrows = [f"M{middle} {boxes[at].top + boxes[at].height} V{boxes[at + 1].top - 2}" for at in straight]
    arrows += [line for bus, lane in lanes.items() for line in _arrows(bus, boxes, left, _lane_x(left, lane, -1))]
    arrows += [
        line for bus, lane in back_lanes.items() for line in _arrows(bus, boxes, right, _lane_x(right, lane, 1))
    ]
    parts += [f'<path class="process-arrow" d="{line}" marker-end="url(#process-head)"/>' for line in arrows]
    parts += [_box(box, left, right, (stands or {}).get(box.step.code, "")) for box in boxes]
    return "".join([*parts, "</svg>"])


def lines_of(process: Process) -> list[tuple[str, str]]:
    """What is drawn between which steps: without what a way over steps that are never left out tells already."""
    return [
        (before, step.code)
        for step in process.steps
        for before in step.after
        if not any(
            other != before and not process[other].optional and _leads(process, before, other)
            for other in step.after
        )
    ]


def _leads(process: Process, first: str, last: str) -> bool:
    """Whether one step must be done before another, over steps that are never left out."""
    return any(
        before == first or (not process[before].optional and _leads(process, first, before))
        for before in process[last].after
    )


def _lines(process: Process) -> tuple[list[int], list[_Bus], list[_Bus]]:
    """Straight lines by the place of the upper box, then what runs on the left, then what runs on the right."""
    place = {step.code: number for number, step in enumerate(process.steps)}
    pairs = [(place[first], place[last]) for first, last in lines_of(process)]
    straight = [first for first, last in pairs if last == first + 1]
    far = [(first, last) for first, last in pairs if last != first + 1]
    into: dict[int, list[int]] = {}
    for first, last in far:
        into.setdefault(last, []).append(first)
    gathered = [_Bus(tuple(sources), (last,)) for last, sources in into.items() if len(sources) > 1]
    out: dict[int, list[int]] = {}
    for first, last in far:
        if len(into[last]) == 1:
            out.setdefault(first, []).append(last)
    return straight, [_Bus((first,), tuple(targets)) for first, targets in out.items()], gathered


def _lanes(buses: Sequence[_Bus]) -> dict[_Bus, int]:
    """How far out each upright runs: the shortest nearest the boxes, those beside one another in lanes of their own."""
    lanes: dict[_Bus, int] = {}
    for bus in sorted(buses, key=lambda one: (one.last - one.first, one.first)):
        beside = [lane for other, lane in lanes.items() if other.first < bus.last and bus.first < other.last]
        lanes[bus] = max(beside, default=-1) + 1
    return lanes


def _margin(lanes: Mapping[_Bus, int]) -> int:
    return PAD if not lanes else GUTTER + LANE * (max(lanes.values()) + 1)


def _lane_x(edge: int, lane: int, way: int) -> int:
    return edge + way * (GUTTER // 2 + LANE * lane + 4)


def _arrows(bus: _Bus, boxes: Sequence[_Box], edge: int, lane: int) -> list[str]:
    """One line for each pair of the bus, from the side of a box out to the upright and in to another."""
    tip = edge - 2 if lane < edge else edge + 2
    return [
        f"M{edge} {boxes[first].middle + _APART} H{lane} V{boxes[last].middle - _APART} H{tip}"
        for first in bus.sources
        for last in bus.targets
    ]


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


def _box(box: _Box, left: int, right: int, stand: str) -> str:
    names = [
        "process-box",
        *(["process-box--optional"] if box.step.optional else []),
        *([f"process-box--{stand}"] if stand else []),
    ]
    width, x = right - left, left + PAD
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
