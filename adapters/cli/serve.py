"""`pairtime serve`: the configured installation over HTTP, and its durable work unless workers do that."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import click

from .installation import configured, give_up, opened, stop_on_signals


@click.command()
@click.option("--no-worker", is_flag=True, help="Leave the durable work to `pairtime worker` processes.")
def serve(*, no_worker: bool) -> None:
    """Serve the configured installation at PAIRTIME_LISTEN until stopped."""
    from adapters.log import write_log
    from adapters.web.app import web_app
    from adapters.web.serving import serving

    settings = configured()
    write_log(settings.log_level)

    async def run() -> None:
        stop = stop_on_signals()
        async with AsyncExitStack() as closing:
            application = await closing.enter_async_context(opened(settings))
            if not no_worker:
                await closing.enter_async_context(application.working())
            app = web_app(application.routes(), application.metrics)
            try:
                url = await closing.enter_async_context(serving(app, settings.listen))
            except OSError as taken:
                where = f"{settings.listen.host}:{settings.listen.port}"
                give_up(f"{where} cannot be served ({taken.strerror}). Set PAIRTIME_LISTEN to a free address.")
            if application.slack is not None:
                await closing.enter_async_context(application.slack.connected())
            click.echo(f"Serving at {url}", err=True)
            await stop.wait()

    asyncio.run(run())
