"""What settings about Google and Microsoft can hold: certificates, clouds, ends, and signing without a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from adapters.main import build, prepare
from adapters.setting_reading import SettingsWrong
from adapters.settings import read_settings
from adapters.vendor_values import CLOUDS

DATABASE = {"PAIRTIME_DATABASE_URL": "sqlite:////tmp/pairtime.sqlite3"}
ENTRA = DATABASE | {"PAIRTIME_MICROSOFT_CLIENT_ID": "an-id"}
KEYLESS = DATABASE | {"PAIRTIME_GOOGLE_SIGNING": "keyless"}
ENDS = datetime(2027, 5, 1, tzinfo=UTC)


def mistakes(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(environment)
    return wrong.value.mistakes


def made() -> tuple[str, str]:
    """A key and its certificate, as PEM texts."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pairtime")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(ENDS - timedelta(days=365))
        .not_valid_after(ENDS)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return private, certificate.public_bytes(Encoding.PEM).decode()


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    return made()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["key first", "certificate first"])
async def test_a_certificate_is_one_file_and_its_end_is_read_from_it(
    pair: tuple[str, str], order: tuple[int, int], tmp_path: Path
) -> None:
    file = tmp_path / "entra.pem"
    file.write_text("".join(pair[each] for each in order))
    database = {"PAIRTIME_DATABASE_URL": f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"}
    settings = read_settings(ENTRA | database | {"PAIRTIME_MICROSOFT_CERTIFICATE": str(file)})
    assert settings.microsoft is not None
    assert settings.microsoft.ends_at == ENDS
    assert "PRIVATE KEY" not in repr(settings)
    prepare(settings)
    async with build(settings) as application:
        assert application.monitoring.ends == {
            "Outlook - Domain": ENDS,
            "Outlook - Domain Free/Busy Only": ENDS,
        }


@pytest.mark.parametrize("kind", ["missing", "no key", "another's key", "cut", "nothing"])
def test_what_is_no_certificate_is_refused_without_being_quoted(
    pair: tuple[str, str], kind: str, tmp_path: Path
) -> None:
    private, certificate = pair
    text = {
        "missing": None,
        "no key": certificate,
        "another's key": made()[0] + certificate,
        "cut": private.replace("A", "", 1) + certificate,
        "nothing": "nothing",
    }[kind]
    file = tmp_path / "entra.pem"
    if text is not None:
        file.write_text(text)
    [sentence] = mistakes(ENTRA | {"PAIRTIME_MICROSOFT_CERTIFICATE": str(file)})
    assert sentence.startswith("PAIRTIME_MICROSOFT_CERTIFICATE names a file")
    assert private.splitlines()[1] not in sentence


def test_a_certificate_needs_the_id(pair: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "entra.pem"
    file.write_text("".join(pair))
    [sentence] = mistakes(DATABASE | {"PAIRTIME_MICROSOFT_CERTIFICATE": str(file)})
    assert "PAIRTIME_MICROSOFT_CLIENT_ID is not" in sentence


def test_a_secret_s_end_is_the_end_of_its_day() -> None:
    told = {"PAIRTIME_MICROSOFT_CLIENT_SECRET": "sesame", "PAIRTIME_MICROSOFT_CLIENT_SECRET_ENDS": "2027-04-30"}
    settings = read_settings(ENTRA | told)
    assert settings.microsoft is not None
    assert settings.microsoft.ends_at == ENDS
    [sentence] = mistakes(ENTRA | told | {"PAIRTIME_MICROSOFT_CLIENT_SECRET_ENDS": "30.4.2027"})
    assert "2027-11-30" in sentence


@pytest.mark.parametrize("name", CLOUDS)
def test_a_national_cloud_brings_its_addresses_and_a_base_of_one_s_own_comes_first(name: str) -> None:
    settings = read_settings(DATABASE | {"PAIRTIME_MICROSOFT_CLOUD": name})
    assert (settings.graph_base, settings.login_base) == (CLOUDS[name].graph, CLOUDS[name].login)
    own = {"PAIRTIME_MICROSOFT_CLOUD": name, "PAIRTIME_GRAPH_BASE": "https://graph.example.com"}
    assert read_settings(DATABASE | own).graph_base == "https://graph.example.com"


def test_google_signs_without_a_key_for_an_account_that_is_named() -> None:
    address = "pairtime@project.iam.gserviceaccount.com"
    settings = read_settings(KEYLESS | {"PAIRTIME_GOOGLE_SERVICE_ACCOUNT": address})
    assert (settings.google_keyless, settings.google_service_account) == (address, None)
    assert settings.google_metadata_base == "http://metadata.google.internal"


def test_every_mistake_about_vendors_is_told_at_once() -> None:
    told = mistakes(
        KEYLESS
        | {
            "PAIRTIME_GOOGLE_SERVICE_ACCOUNT": '{"private_key": "sesame"}',
            "PAIRTIME_MICROSOFT_CLOUD": "moon",
            "PAIRTIME_MICROSOFT_CERTIFICATE": "/nowhere.pem",
            "PAIRTIME_MICROSOFT_CLIENT_ID": "an-id",
        }
    )
    assert len(told) == 3
    assert not any("sesame" in sentence for sentence in told)
    assert len(mistakes(KEYLESS)) == 1
    assert len(mistakes(DATABASE | {"PAIRTIME_GOOGLE_SIGNING": "maybe"})) == 1
