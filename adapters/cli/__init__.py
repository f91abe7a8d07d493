"""The command `pairtime`: one subcommand a module; `demo` alone starts the sandbox."""

from __future__ import annotations

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pairtime")
def main() -> None:
    """Mentoring sessions, booked from chat into the calendars people already use."""
