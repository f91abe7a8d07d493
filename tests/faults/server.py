"""The server with its console, as a process that tests may kill. The world it lives in is somebody else's.

python -m tests.faults.server: configured as any installation, by PAIRTIME_*; prints its address on one line.
"""

from __future__ import annotations

import asyncio
import logging
import sys

from adapters.log import write_log
from adapters.main import build
from adapters.setting_values import Listen
from adapters.settings import settings_from_environment
from adapters.web.app import web_app
from adapters.web.serving import serving


async def run() -> None:
    """Until it is killed."""
    write_log(logging.WARNING)
    async with build(settings_from_environment()) as application, application.working():
        routes = [*application.routes(), *application.console.routes()]
        async with serving(web_app(routes, application.metrics), Listen("127.0.0.1", 0)) as url:
            sys.stdout.write(f"{url}\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
