"""What holds in earnest: cookies over HTTPS only, no page of errors with source, strong hashes, no address of a third party."""

from __future__ import annotations

import json
import os
import subprocess
import sys

ASKED = [
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SECURE_HSTS_SECONDS",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "X_FRAME_OPTIONS",
    "SECURE_REFERRER_POLICY",
    "DEBUG",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    "ALLAUTH_TRUSTED_PROXY_COUNT",
]


def settings_of(**environment: str) -> dict[str, object]:
    """The settings that an installation with these variables runs under."""
    code = (
        "import json; from cyberweek.project import settings as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {ASKED}}} | {{'hash': s.PASSWORD_HASHERS[0]}}))"
    )
    base = {
        key: value for key, value in os.environ.items() if not key.startswith("CYBERWEEK_") or key == "CYBERWEEK_VAR"
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env={**base, **environment}, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def test_an_installation_behind_https_keeps_its_cookies_to_itself():
    assert settings_of(CYBERWEEK_HTTPS="1", CYBERWEEK_PROXY="1") == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_REFERRER_POLICY": "same-origin",
        "DEBUG": False,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "hash": "django.contrib.auth.hashers.Argon2PasswordHasher",
    }


def test_without_a_proxy_no_address_that_somebody_claims_is_believed():
    assert settings_of()["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
