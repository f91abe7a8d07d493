"""From a signed request to what the one who asked sees, and nobody else."""

from __future__ import annotations

from .conftest import Town

HELP = "You can say"


async def test_a_command_is_answered_beside_it_for_the_one_who_asked(town: Town) -> None:
    offered = await town.command("with my mentor", name="/book")
    assert (offered.method, offered.fields["response_type"]) == ("response_url", "ephemeral")
    assert offered.text.splitlines()[:2] == [
        "Times for you and Sam Okoye, 45 min, Google Meet. New York time (Berlin in brackets).",
        "1. Tue 24 Nov, 09:00 (15:00)",
    ]
    booked = await town.command("1", name="/book")
    assert booked.text.startswith("Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam")


async def test_commands_are_taken_in_any_case_and_help_is_about_them(town: Town) -> None:
    assert (await town.command("status", name="/PairTime")).text.startswith("Calendar:")
    assert (await town.command("", name="/BOOK")).text.startswith("Times for you and Sam Okoye")
    assert HELP in (await town.command("help")).text
    assert (await town.command("", name="/sessions")).text.startswith("You have no sessions planned.")


async def test_words_in_the_conversation_are_answered_there(town: Town) -> None:
    [offered] = await town.word("book with my mentor")
    assert (offered.method, offered.where) == ("chat.postMessage", "DU0ANA")
    [booked] = await town.word("1")
    assert booked.text.startswith("Booked. Tue 24 Nov 2026, 09:00")


async def test_words_in_a_thread_are_answered_in_it(town: Town) -> None:
    [answer] = await town.word("status", thread_ts="0.9")
    assert (answer.where, answer.fields["thread_ts"]) == ("DU0ANA", "0.9")
    [offered] = await town.word("book with my mentor", thread_ts="0.9")
    assert offered.fields["thread_ts"] == "0.9"
    [booked] = await town.word("1", thread_ts="0.9")
    assert booked.text.startswith("Booked.")
    assert (booked.fields["thread_ts"], booked.fields["reply_broadcast"]) == ("0.9", "true")


async def test_what_is_no_new_word_of_a_persons_is_left_alone(town: Town) -> None:
    for other in (
        {"subtype": "message_changed"},
        {"bot_id": "B1"},
        {"app_id": "A0123"},
        {"hidden": True},
        {"channel_type": "channel", "channel": "C0GENERAL"},
        {"channel_type": "mpim", "channel": "G0GROUP"},
        {"user": ""},
    ):
        assert await town.word("book with my mentor", **other) == []


async def test_a_used_up_response_url_leads_to_the_conversation(town: Town) -> None:
    answer = await town.command("status", response_url=town.there.response_url("used", uses=0))
    assert (answer.method, answer.where) == ("chat.postMessage", "DU0ANA")
    assert answer.text.startswith("Calendar:")


async def test_answers_leave_for_slacks_own_hosts_alone(town: Town) -> None:
    answer = await town.command("status", response_url="http://192.0.2.1/steal")
    assert (answer.method, answer.where) == ("chat.postMessage", "DU0ANA")


async def test_where_the_app_is_not_installed_that_much_is_said(town: Town) -> None:
    answer = await town.command("status", team_id="T0OTHER")
    assert answer.text == ("Pairtime is not installed here any more, so I can do nothing. Ask whoever looks after it.")
    assert await town.word("status", user="U0ANA") != []
