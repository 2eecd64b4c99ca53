"""Pages over the sample: one app to read from for the whole session, a fresh one for tests that change something."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from api.app import create_app
from tests.support.sample import ADMIN_KEY, EIGHT, sample_services

BROWSER = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
SAME_SITE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """Where samples are made once."""
    return tmp_path_factory.mktemp("samples")


@pytest.fixture(scope="session")
def services(templates, tmp_path_factory):
    """The sample, for reading."""
    services = sample_services(tmp_path_factory.mktemp("shared"), templates=templates)
    yield services
    services.close()


@pytest.fixture(scope="session")
def client(services):
    """A browser that is not signed in."""
    return TestClient(create_app(services), headers=BROWSER, follow_redirects=False)


@pytest.fixture(scope="session")
def wide_client(templates, tmp_path_factory):
    """The same over eight marketplaces."""
    services = sample_services(tmp_path_factory.mktemp("wide"), EIGHT, templates=templates)
    yield TestClient(create_app(services), headers=BROWSER, follow_redirects=False)
    services.close()


@pytest.fixture
def own_services(templates, tmp_path):
    """A copy of the sample, to be changed."""
    services = sample_services(tmp_path, templates=templates)
    yield services
    services.close()


@pytest.fixture(scope="session")
def own_app(services):
    """Compiling templates costs more than most tests: copies of the sample take turns in one app."""
    return create_app(services)


@pytest.fixture
def visitor(own_services, own_app):
    """A browser over the copy that is not signed in."""
    own_app.state.services = own_services
    return TestClient(own_app, headers=BROWSER, follow_redirects=False)


@pytest.fixture
def admin(visitor):
    """A browser over the copy that is signed in, and says where its requests come from as browsers do."""
    visitor.headers |= SAME_SITE
    assert visitor.post("/admin", data={"key": ADMIN_KEY}).status_code == 303
    return visitor


@pytest.fixture
def get(client):
    """The page at an address, parsed."""

    def get(address, status=200):
        response = client.get(address)
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        return html.document_fromstring(response.text)

    return get


@pytest.fixture(scope="session")
def product_ids(services):
    """Products of the sample by name."""
    from indexer.search import Choice

    anything = Choice(kinds=("any",), conditions=("any",))
    found = services.answers.search("", anything, limit=50).products
    return {one.data["name"]: one.data["product_id"] for one in found}


def text(element):
    """What a reader sees of an element, with single spaces."""
    return " ".join(element.text_content().split())
