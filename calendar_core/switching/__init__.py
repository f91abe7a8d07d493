"""Free/Busy Only for an organisation, on and off (decision 8): what it means, and the jobs that carry it out."""

from .deciding import Plan, Switching
from .revoking import Revoking
from .transferring import Transferring

__all__ = ["Plan", "Revoking", "Switching", "Transferring"]
