"""Replies as Adaptive Cards, within Teams' limits. Nothing is sent here, and nothing looked up."""

from .drawn import Drawn, drawn
from .elements import MOST_BYTES, Element, size
from .pictured import Picture

__all__ = [
    "MOST_BYTES",
    "Drawn",
    "Element",
    "Picture",
    "drawn",
    "size",
]
