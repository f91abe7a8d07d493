"""Free/Busy Only for an organisation, on and off (decision 8): what it means, and the jobs that carry it out."""

from .deciding import Plan, Switching
from .transferring import Transferring

__all__ = ["Plan", "Switching", "Transferring"]
