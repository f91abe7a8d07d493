"""Loading what a command stands on, without looking for garbage where there is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Around the imports of a process that stays. What they make is there for good: searching it takes a tenth of the
    start, and later a moment of everybody's reply each time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
