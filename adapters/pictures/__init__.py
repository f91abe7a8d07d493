"""[See both calendars] as a picture: `laid_out` computes it from the same view as the text, `painted` draws it."""

from .layout import Box, Drawing, Names, Paint, laid_out
from .painting import Theme, painted

__all__ = ["Box", "Drawing", "Names", "Paint", "Theme", "laid_out", "painted"]
