"""Pages in a real Chromium: a server on a free port, and pages that report everything a page should never do.

Playwright's loop lives as long as a module, no longer: other tests of the same process run loops of their own.
"""

from __future__ import annotations

import shutil
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import pytest
import uvicorn

from api.app import create_app
from api.services import Services
from tests.conftest import SIZES, migrated_postgres
from tests.support.places import scaled_place
from tests.support.sample import ADMIN_KEY, EIGHT, FOUR, sample_services, scaled_sample, services_on

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Site:
    """A server and what it serves."""

    base: str
    services: Services


@dataclass
class Trouble:
    """What a page did that it should not have done."""

    found: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Beginnings of what a test provokes on purpose."""

    def note(self, what):
        if not what.startswith(self.expected or ("\0",)):
            self.found.append(what)


@contextmanager
def served(services):
    """The services on a free port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            create_app(services), log_level="error", ws="none", lifespan="off", access_log=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", services)
        finally:
            server.should_exit = True
            thread.join(10)
            services.close()


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """Where samples are made once."""
    return tmp_path_factory.mktemp("browser-samples")


@pytest.fixture(scope="session", params=SIZES)
def size(request):
    """Every page is looked at on one machine's engines and on those of a cluster."""
    return request.param


@pytest.fixture(scope="session")
def samples(request, size, templates, tmp_path_factory):
    """Makes services over a copy of the sample: ``samples(EIGHT)``; the index of a cluster is shared, to be read."""
    if size != "embedded":  # asked for here, so that both are there until the places on them are gone
        server, cluster = (
            request.getfixturevalue(name) for name in ("postgres_server", "elasticsearch_server")
        )
    with ExitStack() as open_places:
        made = {}

        def services(marketplaces=FOUR, *, has_own_index=False):
            if size == "embedded":
                return sample_services(tmp_path_factory.mktemp("site"), marketplaces, templates=templates)
            place = None if has_own_index else made.get(marketplaces)
            if place is None:
                place = open_places.enter_context(scaled_place(migrated_postgres(server), cluster))
                scaled_sample(place, marketplaces, templates)
            if not has_own_index:
                made[marketplaces] = place
            copy = server.new_database(template=place.database_url.rpartition("/")[2])
            return services_on(replace(place, database_url=copy))

        yield services


@pytest.fixture(scope="session")
def site(samples):
    """The sample, for reading."""
    with served(samples()) as site:
        yield site


@pytest.fixture(scope="session")
def wide_site(samples):
    """The sample on eight marketplaces."""
    with served(samples(EIGHT)) as site:
        yield site


@pytest.fixture
def own_site(samples):
    """A copy of the sample, to be changed."""
    with served(samples()) as site:
        yield site


@pytest.fixture
def indexed_site(samples):
    """A copy of the sample with an index of its own: who changes what a cluster's index holds would change it for all."""
    with served(samples(has_own_index=True)) as site:
        yield site


@pytest.fixture(scope="module")
def chromium():
    """A running Chromium."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def trouble():
    """Everything pages did in this test that they should not have done."""
    return Trouble()


@pytest.fixture
def visit(chromium, trouble):
    """Opens a page of a site: ``visit(site, "/search", viewport=PHONE)``. Any trouble fails the test."""
    contexts = []

    def visit(site, address="/", **options):
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "zh-CN", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on(
            "console", lambda one: one.type in {"error", "warning"} and trouble.note(f"console: {one.text}")
        )
        page.on("pageerror", lambda one: trouble.note(f"error: {one}"))
        page.on("dialog", lambda one: (trouble.note(f"dialog: {one.message}"), one.dismiss()))
        page.on("request", lambda one: _check_origin(one, site, trouble))
        page.goto(site.base + address)
        return page

    yield visit
    for context in contexts:
        for page in context.pages:
            if page.is_closed():
                continue
            page.wait_for_load_state()
            for violation in page.evaluate("window.violations || []"):
                trouble.note(f"policy: {violation}")
        context.close()
    assert trouble.found == []


def _check_origin(request, site, trouble):
    address = urlsplit(request.url)
    if address.scheme != "data" and f"{address.scheme}://{address.netloc}" != site.base:
        trouble.note(f"request: {request.url}")


def sign_in(page):
    """Through the form, as people do."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/admin")
    page.get_by_label("管理密钥").fill(ADMIN_KEY)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_url("**/crawls?said=signed_in")
