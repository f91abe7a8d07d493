"""`pairtime manifests`: what the chats are told of the app, written from the grammar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from .installation import give_up

NEEDED = (
    "A package is for one app: give its id and your server's address, --teams-app-id and --public-url."
    " docs/install-teams.md says where the id is found."
)


@click.command()
@click.option("--zip", "packed", is_flag=True, help="One package an edition, ready to be uploaded.")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("manifests"), show_default=True
)
@click.option("--teams-app-id", help="The bot's application (client) id.")
@click.option("--public-url", help="Where people's browsers reach this server: https://...")
@click.option("--developer", default="Pairtime", help="Who runs it, as people see it.")
@click.option("--website", default="", help="Page that says who runs it (default: the public address).")
@click.option("--privacy", default="", help="Page about privacy (default: the website).")
@click.option("--slack-commands", help="Other names: book=/termin (default: PAIRTIME_SLACK_COMMANDS, as the server).")
@click.option("--terms", default="", help="Page with the terms of use (default: the website).")
def manifests(
    *,
    packed: bool,
    folder: Path,
    teams_app_id: str | None,
    public_url: str | None,
    developer: str,
    website: str,
    privacy: str,
    terms: str,
    slack_commands: str | None,
) -> None:
    """Write the apps' manifests, icons and texts into a folder, one a chat.

    Without an id and an address Teams' are examples, to be read; Slack's are for Socket Mode, ready to be pasted.
    """
    from adapters.slack.manifest import Described, write_slack
    from adapters.teams.manifest import App, write_teams

    if packed and not (teams_app_id and public_url):
        give_up(NEEDED)
    example = App()
    try:
        app = App(teams_app_id or example.id, public_url or example.public_url, developer, website, privacy, terms)
    except ValueError as wrong:
        give_up(str(wrong))
    for path in write_teams(folder / "teams", app, packed=packed):
        click.echo(path)
    if packed:
        return  # Slack takes the file as it is
    try:
        slack = Described(public_url, _commands(slack_commands))
    except ValueError as wrong:
        give_up(str(wrong))
    for path in write_slack(folder, slack):
        click.echo(path)


def _commands(told: str | None) -> Mapping[str, str]:
    """As told, or else as the server has them."""
    from adapters.setting_reading import SettingsWrong
    from adapters.settings import slack_commands
    from adapters.slack_values import commands_in

    if told is None:
        try:
            return slack_commands()
        except SettingsWrong as wrong:
            give_up(*wrong.mistakes)
    try:
        return commands_in(told)
    except ValueError as wrong:
        give_up(f"--slack-commands {wrong}")
