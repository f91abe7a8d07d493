"""The store: every port that remembers something, on SQLite and on PostgreSQL.

`migrate(url)` once, then `open_store(url, clock)`; each method of each port is one transaction.
"""

from .migrating import is_migrated, migrate
from .opening import Store, open_store
from .ticking import newest_tick

__all__ = ["Store", "is_migrated", "migrate", "newest_tick", "open_store"]
