"""Replies as Adaptive Cards, within Teams' limits. Nothing is sent here, and nothing looked up."""

from .drawn import Drawn, drawn
from .elements import MOST_BYTES, Element, size
from .forms import TimeForm, form_card
from .pictured import Picture
from .shared import shared_card

__all__ = [
    "MOST_BYTES",
    "Drawn",
    "Element",
    "Picture",
    "TimeForm",
    "drawn",
    "form_card",
    "shared_card",
    "size",
]
