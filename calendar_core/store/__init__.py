"""The store: every port that remembers something, on SQLite and on PostgreSQL.

`migrate(url)` once, then `open_store(url, clock)`; each method of each port is one transaction.
"""

from .migrating import migrate
from .opening import Store, open_store

__all__ = ["Store", "migrate", "open_store"]
