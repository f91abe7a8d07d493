"""Time words in commands: "next Friday afternoon for 30 min" to windows in the speaker's zone.

What is ambiguous is asked, and what is not understood is reported; nothing is guessed.
"""

from .places import Place, place_at_start
from .reading import read
from .values import Ask, Doubt, Reading, Window

__all__ = ["Ask", "Doubt", "Place", "Reading", "Window", "place_at_start", "read"]
