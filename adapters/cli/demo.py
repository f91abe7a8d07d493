"""`pairtime demo`: everything in one process, over a Google and a Microsoft that run on this machine."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from typing_extensions import override

from adapters.setting_values import Listen

from .loading import loading


class Moment(click.ParamType[datetime]):
    """An RFC 3339 time with its offset."""

    name = "RFC3339"

    @override
    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Fails with a sentence for anything else."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(f"{value!r} is no time with an offset, such as 2026-11-22T16:02:00Z.", param, ctx)
        return moment


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help=f"Where the page is; {Listen().port}, or a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option("--json", "as_json", is_flag=True, help='Print {"url", "sandbox", "slack", "teams"} as the first line.')
@click.option("--now", type=Moment(), help="Begin at this time; the clock then runs on.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep everything in this folder, and find it again there. Without it nothing is kept.",
)
def demo(*, port: int | None, no_browser: bool, as_json: bool, now: datetime | None, data: Path | None) -> None:
    """Try it: no account, no network. Three people side by side, in a world of its own."""
    with loading():
        from .playing import Play, play

    play(Play(port=port, browser=not no_browser, as_json=as_json, now=now, data=data))
