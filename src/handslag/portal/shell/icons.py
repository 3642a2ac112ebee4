"""The few drawings of Handslag: 24 by 24, one line width, drawn in the colour of the text."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

LINES = {
    "apply": "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5M12 12v6M9 15h6",
    "child": "M12 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM7 12l5-2 5 2M12 10v6M9 21l3-5 3 5",
    "folder": "M3 7a2 2 0 0 1 2-2h4l2 2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z",
    "phone": "M5 4h4l1.5 5L8 11a12 12 0 0 0 5 5l2-2.5 5 1.500v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2z",
    "check": "M5 12.500l4.5 4.500L19 7.5",
    "cross": "M6 6l12 12M18 6L6 18",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
    "warning": "M12 4L2.5 20h19zM12 10v4.500M12 17.200v.3",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.3",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500c.8-4 4-6 7.5-6s6.7 2 7.5 6",
    "people": "M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.6-3.6 3.2-5.5 6.5-5.500s5.9 1.9 6.5 5.500M15.5 5a3.5 3.5 0 0 1 0 6.500M18 15c2 .8 3.2 2.6 3.5 5",
    "home": "M4 11l8-7 8 7M6 9.500V20h12V9.500M10 20v-6h4v6",
    "money": "M3 6.500h18v11H3zM12 14.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM6 9.500v.2M18 14.300v.2",
    "letter": "M3 6h18v12H3zM3.5 6.500L12 13l8.5-6.5",
    "message": "M4 5h16v11H11l-4.5 4v-4H4z",
    "camera": "M4 8h3.500L9 5.500h6L16.5 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 16.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    "file": "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5M9 13h6M9 17h4",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "pen": "M4 20l1-4.500L16 4.500l3.5 3.500L8.5 19zM13.5 7L17 10.5",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "chart": "M4 20V4M4 20h16M8.5 16v-4M13 16V8M17.5 16v-6",
    "calendar": "M4 6h16v14H4zM4 10.500h16M8.5 3.500V8M15.5 3.500V8",
    "shield": "M12 3l8 3v6c0 4.5-3.2 7.7-8 9-4.8-1.3-8-4.5-8-9V6z",
    "search": "M10.5 17.500a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM15.5 15.500L21 21",
    "print": "M7 9V3.500h10V9M7 17H4V9h16v8h-3M7 14h10v6.500H7z",
    "download": "M12 4v11M7 10.500l5 5 5-5M4.5 20h15",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "globe": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.200 6.400-3.7 9c-2.5-2.6-3.7-5.600-3.7-9s1.200-6.400 3.7-9z",
    "exit": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "robot": "M6 9h12v10H6zM12 9V5M12 5v-.5M9.5 13v.5M14.5 13v.5M9.5 16.500h5M3.5 12.500v3M20.5 12.500v3",
    "hands": "M2.5 8l4-2 4 1.500L13.5 6l4 .5 4 1.500v7l-3 .5-4.5 4a1.5 1.5 0 0 1-2 0l-6-5-3.5-1zM10.5 7.500L8 11a1.6 1.6 0 0 0 2.5 1.800L13 10.500l5.5 5",
}


@lru_cache(maxsize=256)
def _plain(name: str) -> SafeString:
    return _drawn(name, mark_safe('aria-hidden="true"'))


def drawing(name: str, label: str = "") -> SafeString:
    """The drawing as SVG, hidden from screen readers unless it has a label. KeyError for an unknown name."""
    return _drawn(name, format_html('role="img" aria-label="{}"', label)) if label else _plain(name)


def _drawn(name: str, told: SafeString) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}><path d="{}"/></svg>',
        told,
        LINES[name],
    )
