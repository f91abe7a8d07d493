"""`pairtime chat`: the console in a terminal, with a running demo or with the configured installation."""

from __future__ import annotations

import click


@click.command()
@click.option("--as", "address", required=True, metavar="ADDRESS", help="Who speaks, such as ana@example.com.")
@click.option("--json", "as_json", is_flag=True, help="Print replies as data, one a line.")
@click.option("--server", metavar="URL", help="A running demo; by default the one found on this machine.")
@click.option("--operator", is_flag=True, help="Speak for somebody on a real installation. That person can see it.")
@click.argument("text", required=False)
def chat(*, address: str, as_json: bool, server: str | None, operator: bool, text: str | None) -> None:
    """Say TEXT and print the reply, or talk until Ctrl-D."""
    from adapters.console.running import announced
    from adapters.console.terminal import Server, Terminal
    from adapters.settings import has_installation

    url = server or (None if operator else announced())
    if url is not None and (server or Server(url).answers()):
        Terminal(Server(url), address, as_json).run(text)
    elif has_installation():
        if not operator:
            raise click.ClickException(
                "No demo is running, and speaking for somebody on a real installation needs --operator."
            )
        from .speaking import speak

        speak(address, text, as_json)
    else:
        raise click.ClickException("No demo is running. Start one with `pairtime demo`, or name one with --server.")
