"""A picture in a card: it says nothing that the text beside it does not."""

from __future__ import annotations

from dataclasses import dataclass, field

from .elements import Element


@dataclass(frozen=True, slots=True)
class Picture:
    """Where it is (https, or data: with the picture itself), what it says, and its width in pixels of the card."""

    url: str = field(repr=False)
    alt: str
    width: int


def image(picture: Picture) -> Element:
    """Never wider than the card; its height follows."""
    return {
        "type": "Image",
        "url": picture.url,
        "altText": picture.alt,
        "size": "Stretch" if picture.width >= 300 else "Auto",
    }
