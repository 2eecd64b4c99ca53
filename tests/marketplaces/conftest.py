"""Worlds the tests share. Whoever turns a clock or sets a fault makes a world of their own."""

from __future__ import annotations

import pytest

from tests.marketplaces.support import practice


def pytest_collection_modifyitems(items):
    """A full world takes two seconds to make."""
    for item in items:
        if {"full_world", "wide_world"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def full_world():
    """The default size, standing still: for reading only."""
    return practice(products=600, offers=5000)


@pytest.fixture(scope="session")
def wide_world():
    """Every family of goods, standing still: for reading only."""
    return practice(products=1500, offers=8000, is_wide=True)


@pytest.fixture(scope="session")
def small_world():
    """A small one, standing still: for reading only."""
    return practice()


@pytest.fixture
def world():
    """A small one to spoil."""
    return practice()
