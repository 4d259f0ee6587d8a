"""The shipped safety net, loaded once."""

import pytest

from painbot.safety import SafetyNet, load_safety_net


@pytest.fixture(scope="session")
def net() -> SafetyNet:
    return load_safety_net()
