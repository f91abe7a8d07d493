"""An account in Slack that is nobody's becomes somebody's by a mailed code, and by nothing else."""

from __future__ import annotations

from adapters.cli.seeding import others

from .member import Members


async def test_an_account_that_is_nobodys_is_linked_by_a_mailed_code(slack_stage: Members) -> None:
    stranger = others()[0].email
    offered = await slack_stage.command(stranger, "/book with my mentee")
    assert offered.lines[0].startswith("This chat account is not linked to anybody yet.")
    sent = await slack_stage.press(offered, "Send me a code")
    assert "10 minutes" in sent.text
