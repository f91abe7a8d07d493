"""An event that no calendar of ours holds: it is kept here, and its people are invited to it by mail (RFC 5546)."""

from .values import Copy, Invitation, Method, Sent
from .writing import Guest, calendar_file

__all__ = ["Copy", "Guest", "Invitation", "Method", "Sent", "calendar_file"]
