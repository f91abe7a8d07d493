"""Commands by which an operator ends and sets things, as typed: what is done, and what is refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.cli.programme import OPTIONS
from calendar_core.enrolling.programme_settings import SETTINGS

from .test_importing import MATCHES, PEOPLE, Operator


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """With Ana and Sam enrolled and matched."""
    operator = Operator(tmp_path)
    operator.types("import", operator.file("people.csv", PEOPLE), operator.file("matches.csv", MATCHES))
    return operator


PAIR = ("--mentor", "SAM@example.com", "--mentee", "ana@example.com")
LEADERS = ("--programme", "leaders 2026")


def test_a_match_is_ended_once(operator: Operator) -> None:
    done = operator.types("end-match", *LEADERS, *PAIR)
    assert (done.exit_code, done.stdout) == (
        0,
        "Ended. Both are told, and asked what becomes of their planned sessions in Leaders 2026.\n",
    )
    again = operator.types("end-match", *LEADERS, *PAIR)
    assert again.exit_code == 2
    assert "sam@example.com and ana@example.com are not mentor and mentee of a match in Leaders 2026." in again.stderr
    imported = operator.types("import", str(operator.folder / "matches.csv"))
    assert "1 match has ended before and stays ended." in imported.stdout


def test_somebody_leaves_once_and_is_back_by_an_import(operator: Operator) -> None:
    left = operator.types("leave", "ana@example.com", *LEADERS)
    assert (left.exit_code, left.stdout) == (
        0,
        "ana@example.com is no longer in Leaders 2026. Whoever it concerns is told.\n",
    )
    again = operator.types("leave", "ana@example.com", *LEADERS)
    assert (again.exit_code, again.stderr) == (2, "Nobody in Leaders 2026 has the address ana@example.com.\n")
    back = operator.types("import", str(operator.folder / "people.csv"), str(operator.folder / "matches.csv"))
    assert "new places in programmes 1, new matches 1" in back.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("leave", "sam@example.com", *LEADERS, "--role", "admin"), "sam@example.com is no admin of Leaders 2026."),
        (("leave", "sam@example.com", "--programme", "X"), 'No programme is called "X". There is Leaders 2026.'),
        (
            ("leave", "sam@example.com", *LEADERS, "--organisation", "X"),
            'No organisation is called "X". There is Example.',
        ),
        (("end-match", *LEADERS, "--mentor", "ana@example.com", "--mentee", "sam@example.com"), "are not mentor and"),
    ],
)
def test_what_is_named_wrongly_is_said(operator: Operator, arguments: tuple[str, ...], said: str) -> None:
    refused = operator.types(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert said in refused.stderr


def test_where_two_organisations_have_one_of_that_name_it_is_asked_whose(operator: Operator) -> None:
    operator.types("import", operator.file("others.csv", PEOPLE.replace("Example", "Other")))
    asked = operator.types("leave", "ana@example.com", *LEADERS)
    assert '"leaders 2026" is a programme of Example and Other. Say which with --organisation.' in asked.stderr
    assert operator.types("leave", "ana@example.com", *LEADERS, "--organisation", "other").exit_code == 0


# --- what files leave out --------------------------------------------------------------------------------------------

HEADER, MATCHES_HEADER = PEOPLE.splitlines()[0], MATCHES.splitlines()[0]


def crowd(number: int) -> tuple[str, str]:
    """Files of so many mentors and mentees, matched one to one."""
    lines = [
        f"{role}{each}@example.com;{role.title()} {each};Example;Leaders 2026;{role};;;;"
        for each in range(number)
        for role in ("mentor", "mentee")
    ]
    pairs = [f"Leaders 2026,mentor{each}@example.com,mentee{each}@example.com" for each in range(number)]
    return "\n".join((HEADER, *lines)), "\n".join((MATCHES_HEADER, *pairs))


@pytest.fixture
def crowded(tmp_path: Path) -> Operator:
    """Forty people, matched in twenty pairs."""
    operator = Operator(tmp_path)
    people, matches = crowd(20)
    done = operator.types("import", operator.file("people.csv", people), operator.file("matches.csv", matches))
    assert "new people 40" in done.stdout
    return operator


def left_out(operator: Operator, *, people: int = 0, matches: int = 0) -> tuple[str, str]:
    """The same files without the last lines."""
    all_people, all_matches = crowd(20)
    shorter = all_people.splitlines()[: 41 - people], all_matches.splitlines()[: 21 - matches]
    return operator.file("people.csv", "\n".join(shorter[0])), operator.file("matches.csv", "\n".join(shorter[1]))


def test_absence_ends_nothing_unless_files_replace_what_is_there(crowded: Operator) -> None:
    files = left_out(crowded, people=1, matches=1)
    assert crowded.types("import", *files).stdout == "Lines 58: everything was enrolled already.\n"


def test_what_is_left_out_is_shown_and_asked_about(crowded: Operator) -> None:
    files = left_out(crowded, matches=1)
    refused = crowded.types("import", *files, "--replace", typed="n\n")
    assert refused.exit_code == 1
    assert "Leaders 2026: the match of mentor19@example.com with mentee19@example.com ends" in refused.stderr
    assert "Not in the files: 0 of 40 people and 1 of 20 matches of the programmes they name." in refused.stderr
    assert "End 1?" in refused.stderr
    assert "Nothing was written: you did not agree." in refused.stderr
    nobody = crowded.types("import", *files, "--replace")
    assert nobody.exit_code == 1
    assert crowded.types("import", *files, "--replace", typed="y\n").stdout == "Lines 59: ended 1.\n"
    again = crowded.types("import", *files, "--replace")
    assert (again.exit_code, again.stdout) == (0, "Lines 59: everything was enrolled already.\n")


def test_who_is_left_out_leaves_and_the_match_goes_with_them(crowded: Operator) -> None:
    files = left_out(crowded, people=1, matches=1)
    done = crowded.types("import", *files, "--replace", typed="y\n")
    assert "Leaders 2026: mentee19@example.com leaves" in done.stderr
    assert done.stdout == "Lines 58: ended 1.\n"
    gone = crowded.types("leave", "mentee19@example.com", *LEADERS)
    assert "Nobody in Leaders 2026 has the address mentee19@example.com." in gone.stderr


def test_more_than_a_tenth_has_to_be_named_by_its_number(crowded: Operator) -> None:
    files = left_out(crowded, matches=3)
    refused = crowded.types("import", *files, "--replace", typed="y\n")
    assert refused.exit_code == 1
    assert "import again with --replace --yes-end 3" in refused.stderr
    wrong = crowded.types("import", *files, "--replace", "--yes-end", "2")
    assert (wrong.exit_code, "--yes-end says 2, and 3 would end." in wrong.stderr) == (1, True)
    assert crowded.types("import", *files, "--replace", "--yes-end", "3").stdout == "Lines 57: ended 3.\n"


def test_files_with_a_bad_line_end_nobody(crowded: Operator) -> None:
    files = left_out(crowded, people=1)
    bad = crowded.file("bad.csv", f"{HEADER}\nnobody;;;;;;;;\n")
    refused = crowded.types("import", *files, bad, "--replace", "--yes-end", "1")
    assert refused.exit_code == 1
    assert "1 of 60 lines are bad" in refused.stderr
    assert "leaves" not in refused.stderr
    assert crowded.types("import", *files, "--replace", "--skip-bad").exit_code == 2
    assert crowded.types("import", *files, "--yes-end", "1").exit_code == 2


def test_programmes_that_the_files_do_not_name_are_left_alone(crowded: Operator) -> None:
    makers = [each.replace("Leaders 2026", "Makers 2026") for each in (PEOPLE, MATCHES)]
    files = crowded.file("makers.csv", makers[0]), crowded.file("pairs.csv", makers[1])
    assert crowded.types("import", *files, "--replace").exit_code == 0
    only_people = crowded.file("people.csv", crowd(20)[0])
    assert crowded.types("import", only_people, "--replace").stdout == "Lines 40: everything was enrolled already.\n"


def test_a_role_that_is_left_out_is_given_up(crowded: Operator) -> None:
    people = crowd(20)[0]
    admin = crowded.file("admin.csv", f"{people}\nmentor0@example.com;Mentor 0;Example;Leaders 2026;admin;;;;\n")
    assert "new places in programmes 1" in crowded.types("import", admin).stdout
    done = crowded.types("import", crowded.file("people.csv", people), "--replace", typed="y\n")
    assert "Leaders 2026: mentor0@example.com is no admin any more" in done.stderr


# --- an admin's own match --------------------------------------------------------------------------------------------

PRIYA = "priya@example.com;Priya Nair;Example;Leaders 2026;{};;;;\n"


def test_an_admins_own_match_takes_a_second_admin(operator: Operator) -> None:
    lines = PRIYA.format("admin") + PRIYA.format("mentor") + PRIYA.replace("priya", "olu").format("admin")
    people = operator.file("admins.csv", f"{HEADER}\n{lines}")
    pair = operator.file("own.csv", f"{MATCHES_HEADER}\nLeaders 2026,priya@example.com,ana@example.com\n")
    refused = operator.types("import", people, pair)
    assert refused.exit_code == 1
    assert 'own.csv:2: mentor "priya@example.com": is an admin of Leaders 2026; a second admin has to approve' in (
        refused.stderr
    )
    operator.types("import", people)
    own = ("approve-match", *LEADERS, "--mentor", "priya@example.com", "--mentee", "ana@example.com", "--by")
    for nobody in ("priya@example.com", "ana@example.com", "sam@example.com"):
        assert f"{nobody} cannot approve that" in operator.types(*own, nobody).stderr
    approved = operator.types(*own, "olu@example.com")
    assert approved.stdout == (
        "Matched in Leaders 2026: priya@example.com and ana@example.com, approved by olu@example.com. Both are told.\n"
    )
    assert operator.types("import", pair).stdout == "Lines 1: everything was enrolled already.\n"


# --- two organisations -----------------------------------------------------------------------------------------------

GUESTS = "email,name,organisation,programme,role,programme_organisation\n"
MIA = "mia@example.org,Mia Lund,Other,Leaders 2026,mentee,Example\n"


def test_people_of_two_organisations_are_matched_if_both_operators_list_the_other(operator: Operator) -> None:
    own = operator.file("other.csv", PEOPLE.replace("Example", "Other").replace("Leaders", "Makers"))
    guests = operator.file("guests.csv", GUESTS + MIA)
    pair = operator.file("across.csv", f"{MATCHES_HEADER}\nLeaders 2026,sam@example.com,mia@example.org\n")
    operator.types("import", own)
    no_partners = "Other and Example do not both list each other; their operators run pairtime partner"
    assert f'guests.csv:2: programme_organisation "Example": {no_partners}' in operator.types("import", guests).stderr
    one = operator.types("partner", "Example", "--with", "other")
    assert one.stdout == "Example lists other. Nothing comes of it until other lists Example.\n"
    assert operator.types("import", guests).exit_code == 1
    both = operator.types("partner", "Other", "--with", "Example")
    assert both.stdout == "Other and Example list each other: their people can be matched.\n"
    assert "new people 1, new places in programmes 1, new matches 1" in operator.types("import", guests, pair).stdout
    operator.types("partner", "Other", "--with", "Example", "--remove")
    refused = operator.types("import", pair)
    assert "across.csv:2: mentee" in refused.stderr
    assert "do not both list each other" in refused.stderr


def test_a_guest_needs_a_programme_that_is_there_and_an_address_of_their_own(operator: Operator) -> None:
    operator.types(
        "import", operator.file("other.csv", PEOPLE.replace("Example", "Other").replace("Leaders", "Makers"))
    )
    for own, other in (("Example", "Other"), ("Other", "Example")):
        operator.types("partner", own, "--with", other)
    unknown = operator.types("import", operator.file("guests.csv", GUESTS + MIA.replace("Leaders", "Leader")))
    assert "it has no programme called Leader 2026" in unknown.stderr
    twice = operator.types(
        "import", operator.file("guests.csv", GUESTS + MIA.replace("mia@example.org", "ana@example.com"))
    )
    assert "ana@example.com is in Leaders 2026 already, as somebody of Example" in twice.stderr
    itself = operator.types("partner", "Example", "--with", "example")
    assert (itself.exit_code, "needs no leave of its own" in itself.stderr) == (2, True)


# --- what is set -----------------------------------------------------------------------------------------------------


def test_a_programme_is_shown_as_it_could_be_typed_again(operator: Operator) -> None:
    shown = operator.types("programme", "leaders 2026")
    assert shown.stdout == (
        "Leaders 2026 (Example)\n  length 30,45,60\n  default 45\n  step 15m\n  notice 24h\n  look-ahead 14d\n"
        "  horizon 60d\n  buffer 10m\n  approval off\n  tentative busy\n  described off\n"
        "  starts none\n  ends none\n  zone UTC\n"
        "  contact none\n  hours Mon-Fri 09:00-17:00\n"
    )
    settings = dict(line.strip().split(" ", 1) for line in shown.stdout.splitlines()[1:])
    again = operator.types("programme", "Leaders 2026", *[part for k, v in settings.items() for part in (f"--{k}", v)])
    assert again.stdout == shown.stdout


def test_a_programme_is_set_and_stays_so(operator: Operator) -> None:
    wanted = {
        "length": "50,25",
        "default": "25 min",
        "step": "30",
        "notice": "4h",
        "look-ahead": "100",
        "horizon": "120 days",
        "buffer": "0",
        "approval": "on",
        "tentative": "free",
        "described": "on",
        "starts": "2026-01-05",
        "ends": "2027-03-31",
        "zone": "europe/berlin",
        "contact": "Priya Nair (priya@example.com)",
        "hours": "Mon-Thu 9-12,13:30-17; Fri 9-13",
    }
    done = operator.types("programme", "Leaders 2026", *[part for k, v in wanted.items() for part in (f"--{k}", v)])
    assert done.exit_code == 0
    assert done.stdout == (
        "Leaders 2026 (Example)\n  length 25,50\n  default 25\n  step 30m\n  notice 4h\n  look-ahead 100d\n"
        "  horizon 120d\n  buffer 0m\n  approval on\n  tentative free\n  described on\n"
        "  starts 2026-01-05\n  ends 2027-03-31\n"
        "  zone Europe/Berlin\n  contact Priya Nair (priya@example.com)\n"
        "  hours Mon-Thu 09:00-12:00,13:30-17:00; Fri 09:00-13:00\n"
    )
    assert operator.types("programme", "Leaders 2026").stdout == done.stdout


def test_every_mistake_is_said_and_nothing_is_changed(operator: Operator) -> None:
    before = operator.types("programme", "Leaders 2026").stdout
    options = (
        "--length",
        "3",
        "--notice",
        "soon",
        "--approval",
        "perhaps",
        "--ends",
        "31.12.2026",
        "--zone",
        "Europe/Berln",
    )
    refused = operator.types("programme", "Leaders 2026", *options, "--hours", "Mon 17-9", "--horizon", "2000d")
    assert (refused.exit_code, refused.stdout) == (2, "")
    for said in (
        '--length "3": between 5m and 8h',
        '--notice "soon": write a length such as 45m, 24h or 60d',
        '--approval "perhaps": write on or off',
        '--ends "31.12.2026": write a date such as 2026-12-31, or none',
        '--zone "Europe/Berln": not a time zone known here; did you mean Europe/Berlin?',
        '--hours "Mon 17-9"',
        '--horizon "2000d": between 24h and 365d',
        "Nothing was changed.",
    ):
        assert said in refused.stderr
    assert operator.types("programme", "Leaders 2026").stdout == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--default", "40"), "the usual length must be one of the lengths"),
        (("--horizon", "7d"), "the first look must lie within the horizon"),
        (("--starts", "2026-05-01", "--ends", "2026-04-01"), "before it starts"),
        (("--notice", "80d"), "the notice leaves nothing of the horizon"),
    ],
)
def test_what_does_not_fit_together_is_refused(operator: Operator, options: tuple[str, ...], said: str) -> None:
    refused = operator.types("programme", "Leaders 2026", *options)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr


def test_the_command_offers_every_setting_there_is() -> None:
    assert [option for option, _ in OPTIONS] == [setting.option for setting in SETTINGS]


def test_an_organisation_names_its_contact_and_its_partners(operator: Operator) -> None:
    operator.types("import", operator.file("others.csv", PEOPLE.replace("Example", "Other")))
    operator.types("partner", "Example", "--with", "Other")
    done = operator.types("organisation", "example", "--contact", "helpdesk@example.com")
    assert done.stdout == (
        "Example:\n  reports: by name\n  accounts accepted from: nowhere else\n  contact: helpdesk@example.com\n"
        "  partners: Other\n  asked for: nothing\n"
    )
    assert "  contact: none\n" in operator.types("organisation", "Example", "--contact", "none").stdout
    nobody = operator.types("organisation", "Example", "--answered")
    assert (nobody.exit_code, nobody.stderr) == (2, "Nobody in Example waits for an answer.\n")
