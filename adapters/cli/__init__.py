"""The command `pairtime`: one subcommand a module, whose heavier imports wait until it runs."""

from __future__ import annotations

import click

from .bind import bind
from .chat import chat
from .connect_domain import connect_domain
from .demo import demo
from .doctor import doctor
from .ending import end_match, leave
from .export import export
from .importing import import_files
from .keys import keys
from .manifests import manifests
from .matching import approve_match, partner
from .migrate import migrate
from .mode import mode
from .organisation import organisation
from .programme import programme
from .serve import serve
from .status import status
from .token import token
from .verify import verify
from .worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pairtime")
def main() -> None:
    """Mentoring sessions, booked from chat into the calendars people already use."""


for command in (
    demo,
    chat,
    serve,
    worker,
    migrate,
    status,
    import_files,
    connect_domain,
    verify,
    doctor,
    export,
    keys,
    token,
    bind,
    organisation,
    programme,
    end_match,
    leave,
    approve_match,
    partner,
    mode,
    manifests,
):
    main.add_command(command)
