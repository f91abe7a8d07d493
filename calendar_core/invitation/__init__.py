"""An event that no calendar of ours holds: it is kept here, and its people are invited to it by mail (RFC 5546)."""

from .values import Behind, Copy, Invitation, Method
from .writing import Guest, calendar_file

__all__ = ["Behind", "Copy", "Guest", "Invitation", "Method", "calendar_file"]
