"""The consent text and its version change together: whoever agreed, agreed to these very words."""

import hashlib

from painbot.rendering.catalog import catalog
from painbot.settings import CONSENT_VERSION

AGREED = {"2026-11": "120ea32ea17738db"}
"""Each version of the consent text by the beginning of its SHA-256."""


def test_a_changed_consent_text_has_a_new_version() -> None:
    words = catalog("en")
    text = words.text("consent-stored", {"operator": "OPERATOR", "contact": "CONTACT"})
    text += words.text("consent-ask")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert {CONSENT_VERSION: digest}.items() <= AGREED.items(), (
        f"the text changed: give CONSENT_VERSION a new value and note {digest} beside it"
    )
