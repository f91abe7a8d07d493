"""Microsoft Graph v1.0 as far as calendars go, under /graph/v1.0."""

from sandbox.graph.outlook import OutlookMailboxes, OutlookSettings
from sandbox.graph.vendor import Graph

__all__ = ["Graph", "OutlookMailboxes", "OutlookSettings"]
