"""The app as Teams is told of it: valid, complete, the same each time, and every title understood."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator, FormatChecker
from PIL import Image

from adapters.cli import main
from adapters.teams.manifest import App, Edition, Json, package, zipped
from bot.commands import AskBack, FindSlots, NotUnderstood, ShowSessions
from bot.grammar.parse import parse
from bot.grammar.phrase import Speaker
from bot.grammar.table import GRAMMAR
from bot.grammar.titles import LANGUAGES, TITLES, in_english, title
from calendar_core.people import Role

STORED = Path(__file__).parents[3] / "manifests" / "teams"
SCHEMAS = {Edition.NEWEST: "teams-manifest.v1.30.schema.json", Edition.OLDER: "teams-manifest.v1.19.schema.json"}
SPEAKER = Speaker(now=datetime(2026, 11, 22, 16, 2, tzinfo=UTC), zone="Europe/Berlin", names=("Sam Okoye",))
APP_ID = "5f2b6c1e-1111-2222-3333-444455556666"


@pytest.fixture(params=Edition)
def edition(request: pytest.FixtureRequest) -> Edition:
    return cast(Edition, request.param)


def read(edition: Edition, name: str = "manifest.json") -> Json:
    content: Json = json.loads(package(App(), edition)[name])
    return content


def commands(edition: Edition) -> list[list[dict[str, str]]]:
    (bot,) = cast(list[dict[str, list[dict[str, list[dict[str, str]]]]]], read(edition)["bots"])
    return [each["commands"] for each in bot["commandLists"]]


# --- the vendors' schemas --------------------------------------------------------------------------------------------


def complaints(schema: Path, content: Json) -> list[str]:
    """Not check_schema: one pattern there is no regular expression of Python's."""
    validator = Draft4Validator(json.loads(schema.read_text()), format_checker=FormatChecker())
    return [error.message[:200] for error in validator.iter_errors(content)]


def test_the_manifest_is_valid(contracts: Path, edition: Edition) -> None:
    assert complaints(contracts / SCHEMAS[edition], read(edition)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_languages_texts_are_valid(contracts: Path, edition: Edition, language: str) -> None:
    assert complaints(contracts / "teams-localization.v1.30.schema.json", read(edition, f"{language}.json")) == []


def _too_long(manifest: Json) -> None:
    manifest["description"] = {"short": "x" * 81, "full": "x"}


def _too_many(manifest: Json) -> None:
    (bot,) = cast(list[dict[str, list[dict[str, list[object]]]]], manifest["bots"])
    bot["commandLists"][0]["commands"] *= 2


def _no_icons(manifest: Json) -> None:
    del manifest["icons"]


def _another_id(manifest: Json) -> None:
    manifest["id"] = "pairtime"


def _unknown_scope(manifest: Json) -> None:
    (bot,) = cast(list[Json], manifest["bots"])
    bot["scopes"] = ["groupchat"]


@pytest.mark.parametrize("spoil", [_too_long, _too_many, _no_icons, _another_id, _unknown_scope])
def test_the_schema_refuses_what_is_wrong(contracts: Path, edition: Edition, spoil: Callable[[Json], None]) -> None:
    manifest = read(edition)
    spoil(manifest)
    assert complaints(contracts / SCHEMAS[edition], manifest)


def test_the_older_edition_has_nothing_of_the_newer(contracts: Path) -> None:
    assert complaints(contracts / SCHEMAS[Edition.OLDER], {**read(Edition.NEWEST), "manifestVersion": "1.19"})


# --- what the schemas do not look at ---------------------------------------------------------------------------------


def test_icons_are_as_large_as_teams_asks_and_the_outline_is_white_alone(edition: Edition) -> None:
    files = package(App(), edition)
    colour, outline = (Image.open(io.BytesIO(files[name])) for name in ("color.png", "outline.png"))
    assert (colour.size, colour.mode) == ((192, 192), "RGB")
    assert (outline.size, outline.mode) == ((32, 32), "RGBA")
    painted = [pixel[:3] for pixel in outline.get_flattened_data() if isinstance(pixel, tuple) and pixel[3]]
    assert set(painted) == {(255, 255, 255)}
    assert 100 < len(painted) < 32 * 32 - 100


def test_addresses_are_https_and_the_version_has_three_numbers(edition: Edition) -> None:
    manifest = read(edition)
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(manifest["version"]))
    assert not re.search("http://", json.dumps(manifest))
    assert manifest["manifestVersion"] == edition.version
    assert f"/v{edition.version}/" in str(manifest["$schema"])


def test_every_file_that_is_named_is_there(edition: Edition) -> None:
    manifest, files = read(edition), package(App(), edition)
    info = cast(dict[str, list[dict[str, str]]], manifest["localizationInfo"])
    named = {*cast(dict[str, str], manifest["icons"]).values(), *(each["file"] for each in info["additionalLanguages"])}
    assert named | {"manifest.json"} == set(files)


def test_in_groups_the_newest_edition_offers_slash_commands(edition: Edition) -> None:
    (bot,) = cast(list[dict[str, list[Json]]], read(edition)["bots"])
    together = next(each for each in bot["commandLists"] if "team" in cast(list[str], each["scopes"]))
    newest = edition is Edition.NEWEST
    assert ("slash" in cast(list[str], together.get("triggers", []))) is newest
    assert bool(bot.get("supportsTargetedMessages")) is newest


# --- commands --------------------------------------------------------------------------------------------------------


def test_commands_come_from_the_grammar_and_help_is_among_them(edition: Edition) -> None:
    words = [phrase.word for phrase in GRAMMAR]
    for several in commands(edition):
        titles = [each["title"] for each in several]
        assert len(set(titles)) == len(titles) == (12 if edition is Edition.NEWEST else 10)
        assert {each.lower() for each in titles} <= {word.lower() for word in words}
        assert {"Book", "Help"} <= set(titles)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("word", TITLES)
def test_every_title_typed_is_its_command(word: str, language: str) -> None:
    (phrase,) = [each for each in GRAMMAR if each.word == word]
    expected = phrase.command("", SPEAKER)
    typed = title(word, language)
    for text in (typed, typed.upper(), typed.lower(), f"/{typed}", f"  {typed}. "):
        assert parse(text, SPEAKER) == parse(word, SPEAKER) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_of_a_package_is_its_command(edition: Edition, language: str) -> None:
    texts = read(edition, f"{language}.json")
    for at_list, several in enumerate(commands(edition)):
        for at, command in enumerate(several):
            localised = str(texts[f"bots[0].commandLists[{at_list}].commands[{at}].title"])
            assert parse(localised, SPEAKER) == parse(command["title"], SPEAKER)
            assert not isinstance(parse(localised, SPEAKER), NotUnderstood)
            assert texts[f"bots[0].commandLists[{at_list}].commands[{at}].description"] != command["description"]


def test_no_two_commands_share_a_title() -> None:
    titles = [called.casefold() for several in TITLES.values() for called in set(several)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Buchen Sam", FindSlots(partner="Sam")),
        ("reserver Sam", FindSlots(partner="Sam")),
        ("Buchen mit Sam", FindSlots(partner="Sam")),
        ("Buchen mit meinem Mentor", FindSlots(role=Role.MENTOR)),
        ("/buchen mit meiner Mentee", FindSlots(role=Role.MENTEE)),
        ("Réserver avec mon mentor", FindSlots(role=Role.MENTOR)),
        ("réserver avec ma mentorée", FindSlots(role=Role.MENTEE)),
        ("Reservar con mi mentora 30 min", FindSlots(role=Role.MENTOR, minutes=30)),
        ("agendas avec mon mentor", parse("calendars with my mentor", SPEAKER)),
        ("seances passees", ShowSessions(past=True)),
        ("Quién no está conectado", parse("admin who hasn't integrated", SPEAKER)),
    ],
)
def test_what_stands_behind_a_title_is_read_too(text: str, command: object) -> None:
    assert parse(text, SPEAKER) == command


@pytest.mark.parametrize("text", ["Buchung", "help me Hilfe", "Sitzungen löschen", "verbinden mit dem Mond"])
def test_what_only_looks_like_a_title_is_not_guessed(text: str) -> None:
    assert isinstance(parse(text, SPEAKER), NotUnderstood | AskBack) or parse(text, SPEAKER) == parse(
        in_english(text) or text, SPEAKER
    )


# --- packages --------------------------------------------------------------------------------------------------------


def test_the_stored_manifests_are_what_the_code_writes(edition: Edition) -> None:
    """`pairtime manifests` writes them. Pictures are compared by what they show: their compression may change."""
    folder = STORED / f"v{edition.version}"
    files = package(App(), edition)
    assert {path.name for path in folder.iterdir()} == set(files)
    for name, content in files.items():
        stored = (folder / name).read_bytes()
        if name.endswith(".json"):
            assert stored == content, f"{name} differs: run `pairtime manifests`"
        else:
            assert Image.open(io.BytesIO(stored)).tobytes() == Image.open(io.BytesIO(content)).tobytes()


def test_the_same_app_is_the_same_package_to_the_byte(edition: Edition) -> None:
    files = package(App(APP_ID, "https://pairtime.example.org"), edition)
    packed = zipped(files)
    assert packed == zipped(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == sorted(files)
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert json.loads(archive.read("manifest.json"))["bots"][0]["botId"] == APP_ID


def test_the_command_packs_both_editions(tmp_path: Path) -> None:
    options = [
        "--zip",
        "--folder",
        str(tmp_path),
        "--teams-app-id",
        APP_ID,
        "--public-url",
        "https://mentors.example.org",
    ]
    done = CliRunner().invoke(main, ["manifests", *options, "--privacy", "https://example.org/privacy"])
    assert done.exit_code == 0
    packages = sorted((tmp_path / "teams").iterdir())
    assert [path.name for path in packages] == ["pairtime-teams-1.19.zip", "pairtime-teams-1.30.zip"]
    with zipfile.ZipFile(packages[0]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["validDomains"] == ["mentors.example.org"]
    assert manifest["developer"]["privacyUrl"] == "https://example.org/privacy"


@pytest.mark.parametrize(
    "options",
    [
        ["--zip"],
        ["--zip", "--teams-app-id", APP_ID],
        ["--teams-app-id", "pairtime"],
        ["--public-url", "http://mentors.example.org"],
        ["--privacy", "javascript:alert(1)"],
        ["--developer", "x" * 33],
    ],
)
def test_what_no_package_can_be_made_of_is_said(tmp_path: Path, options: list[str]) -> None:
    done = CliRunner().invoke(main, ["manifests", "--folder", str(tmp_path), *options])
    assert done.exit_code == 2
    assert done.output.strip()
    assert list(tmp_path.iterdir()) == []
