"""An application that people of example.com let in."""

from __future__ import annotations

import aiohttp
import pytest

from sandbox.app import Sandbox
from tests.sandbox.login.consenting import WebApplication


@pytest.fixture
def app(sandbox: Sandbox, http: aiohttp.ClientSession) -> WebApplication:
    return WebApplication(sandbox, http)
