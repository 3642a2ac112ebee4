"""The front door of analytics: everything that the contexts above may use."""

from handslag.analytics.children import BY, ChildrenYear, children_statistics, count_children
from handslag.analytics.operations import Refreshed, refresh_all, refresh_statistics
from handslag.analytics.queries import (
    HIDDEN,
    OUTCOMES,
    AidMonth,
    KindStatistics,
    MonthRow,
    aid_statistics,
    case_statistics,
    smallest_group,
    statistics_as_of,
)
from handslag.analytics.rules.small_groups import hide, hide_parts, hide_share

__all__ = [
    "BY",
    "HIDDEN",
    "OUTCOMES",
    "AidMonth",
    "ChildrenYear",
    "KindStatistics",
    "MonthRow",
    "Refreshed",
    "aid_statistics",
    "case_statistics",
    "children_statistics",
    "count_children",
    "hide",
    "hide_parts",
    "hide_share",
    "refresh_all",
    "refresh_statistics",
    "smallest_group",
    "statistics_as_of",
]
