"""The whole line, as a stranger meets it: `bijia demo`, then the API, the page and the command.

One demo in a process of its own, with real marketplaces' protocols on real sockets, serves every test here.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest
from lxml import html

from tests.support.postgres import _free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("demo")]

KEYWORD = "iPhone 15 128G"
ROW = "苹果 iPhone 15 128GB"
PATIENCE_S = 150
BIJIA = (sys.executable, "-c", "from api.cli import main; main()")


@dataclass
class Demo:
    process: subprocess.Popen[str]
    environment: dict[str, str]
    said: list[str]
    page: str = ""
    key: str = ""
    control: str = ""

    def ask(self, target, *, base=None, method="GET", body=None):
        """A call of the demo, or of another server: (status, text)."""
        connection = http.client.HTTPConnection(urlsplit(base or self.page).netloc, timeout=30)
        headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        try:
            connection.request(method, target, None if body is None else json.dumps(body), headers)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    def api(self, target, **more):
        status, text = self.ask(f"/api/v1{target}", **more)
        assert status < 300, text
        return json.loads(text) if text else None

    def bijia(self, *arguments):
        return subprocess.run(
            [*BIJIA, *arguments], env=self.environment, capture_output=True, text=True, check=True
        ).stdout


def read_until_ready(demo):
    for line in demo.process.stdout:
        demo.said.append(line.rstrip())
        if "control: " in line:
            demo.control = re.search(r"control: (\S+?)\)", line)[1]
        if line.startswith("ready after"):
            demo.page = line.split()[-1]
        if line.startswith("admin key"):
            demo.key = line.split()[-1]
        if line.startswith("try: "):
            return
    raise AssertionError("\n".join(demo.said))


@contextmanager
def running_demo(folder, place, *options):
    """A demo on the two addresses of `place`, if these are servers; on its own folder otherwise."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith("BIJIA_")} | {
        "BIJIA_DATA_DIR": str(folder),
        "PYTHONFAULTHANDLER": "1",
    }
    if place.is_scaled:
        environment |= place.environment()
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / "demo.err"
    with said.open("w") as errors:
        process = subprocess.Popen(
            [*BIJIA, "demo", "--no-browser", "--port", str(_free_port()), "--past", "0", *options],
            env=environment, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    demo = Demo(process, environment | {"BIJIA_DATA_DIR": str(folder / "demo-7")}, [])
    try:
        read_until_ready(demo)
        yield demo
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)  # where each of its threads stands goes to its standard error
            process.wait(10)
            raise AssertionError(f"the demo does not end:\n{said.read_text()[-8000:]}") from None
        finally:
            process.kill()
            process.stdout.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder, module_place):
    """A day of practice prices in twelve seconds, so that some move while one looks."""
    with running_demo(folder / module_place.index, module_place, "--speed", "7200") as demo:
        yield demo


def row_of(demo):
    found = demo.api(f"/search?q={quote(KEYWORD)}")
    (product,) = [p for p in found["products"] if p["name"] == ROW]
    return found, product


def offers_of(demo, product_id):
    detail = demo.api(f"/products/{product_id}")
    return [offer for cell in detail["product"]["marketplaces"] for offer in cell["offers"]]


def test_the_keywords_row_has_all_four_marketplaces_and_stands_first(demo):
    found, product = row_of(demo)

    assert found["products"][0]["id"] == product["id"]
    assert {cell["marketplace"] for cell in product["marketplaces"]} == {"taobao", "jd", "pinduoduo", "shop"}


def test_there_is_no_accessory_no_other_capacity_and_no_used_phone_in_it(demo):
    """By the practice world's own truth, offer by offer."""
    _, product = row_of(demo)
    truth = json.loads(demo.ask("/truth", base=demo.control)[1])
    goods = {p["product_key"]: p for p in truth["products"]}
    of_key = {f"{o['marketplace']}:{o['item_id']}:{o['sku_id']}": o for o in truth["offers"]}
    offers = offers_of(demo, product["id"])
    known = [of_key[offer["key"]] for offer in offers if offer["key"] in of_key]

    assert len(known) > 20
    assert len({one["product_key"] for one in known}) == 1
    thing = goods[known[0]["product_key"]]
    assert (thing["kind"], thing["model"], thing["condition"]) == ("goods", "iPhone 15", "new")
    assert thing["variant"]["storage_gb"] in {128, "128"}


def test_the_command_the_api_and_the_page_show_the_same_prices(demo):
    """Prices move while we look, so the three are asked until none moved in between."""
    for _ in range(20):
        before = prices_of_api(demo)
        told = json.loads(demo.bijia("search", KEYWORD, "--json"))
        shown = prices_of_page(demo)
        if before == prices_of_api(demo):
            break
    (product,) = [p for p in told["products"] if p["name"] == ROW]

    assert {
        c["marketplace"]: c["offers"][0]["landed"]["total"]["minor"] for c in product["marketplaces"]
    } == before
    assert shown == before


def prices_of_api(demo):
    _, product = row_of(demo)
    return {c["marketplace"]: c["offers"][0]["landed"]["total"]["minor"] for c in product["marketplaces"]}


def prices_of_page(demo):
    """The first price of each cell of the row, in fen, by the class that names the marketplace."""
    status, text = demo.ask(f"/search?q={quote(KEYWORD)}")
    assert status == 200
    page = html.fromstring(text)
    (body,) = [
        b
        for b in page.xpath("//table[@id='matrix']/tbody")
        if b.xpath(".//a[contains(@class, 'name')]")[0].text_content().strip() == ROW
    ]
    found = {}
    for cell in body.xpath("./tr[1]/td"):
        marks = [c for e in cell.iter() for c in (e.get("class") or "").split() if c.startswith("mp-")]
        price = cell.xpath(".//b")
        if marks and price:
            digits = re.sub(r"[^0-9.]", "", price[0].text_content())
            whole, _, part = digits.partition(".")
            found[marks[0].removeprefix("mp-")] = int(whole) * 100 + int(part.ljust(2, "0") or 0)
    return found


def test_a_schedule_made_through_the_api_fires_and_is_seen_with_its_history(demo):
    made = demo.api(
        "/schedules",
        method="POST",
        body={
            "name": "每十秒", "marketplace": "taobao", "keywords": ["耳机"],
            "timing": {"kind": "interval", "expression": "10", "zone": "Asia/Shanghai"},
        },
    )  # fmt: skip
    try:
        run = wait_for(
            lambda: next(
                (r for r in demo.api(f"/runs?schedule_id={made['id']}")["runs"] if r["finished_at"]), None
            )
        )
        page = demo.ask(f"/crawls?schedule={made['id']}")[1]
    finally:
        demo.api(f"/schedules/{made['id']}", method="DELETE")

    assert (run["state"], run["schedule_id"]) == ("succeeded", made["id"])
    assert run["slot"] > made["created_at"]
    assert run["progress"]["offers"] > 0
    assert "每十秒" in page
    assert f"/crawls/{run['id']}" in page


def test_prices_move_while_one_looks_and_histories_grow(demo):
    _, product = row_of(demo)

    def moved():
        detail = demo.api(f"/products/{product['id']}")
        return any(len(points) > 1 for points in detail["history"].values())

    timing = {"kind": "interval", "expression": "10", "zone": "Asia/Shanghai"}
    schedule = {"name": "价格", "marketplace": "jd", "keywords": [KEYWORD], "timing": timing}
    made = demo.api("/schedules", method="POST", body=schedule)
    try:
        assert wait_for(moved, patience_s=280)
    finally:
        demo.api(f"/schedules/{made['id']}", method="DELETE")


def test_the_service_says_that_it_is_well(demo):
    assert demo.ask("/healthz")[0] == 200
    assert demo.ask("/readyz")[0] == 200
    assert "products" in demo.bijia("search", KEYWORD)


def wait_for(look, patience_s=PATIENCE_S):
    deadline = time.monotonic() + patience_s
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.5)  # noqa: TID251 - watching another process
    return found


def test_killed_and_started_again_it_goes_on_where_it_was(tmp_path, place):
    with running_demo(tmp_path, place) as first:
        before = {one["id"] for one in first.api("/runs?limit=200")["runs"]}
        _, product = row_of(first)
        first.process.kill()
        first.process.wait()
    with running_demo(tmp_path, place) as again:
        runs = {one["id"] for one in again.api("/runs?limit=200")["runs"]}
        _, same = row_of(again)

    assert before < runs
    assert same["id"] == product["id"]


SAME_ON_BOTH = (
    KEYWORD, "", "手机", "苹果手机 256G", "奶粉 900g", "飞天茅台", "3000元以下的华为手机", "小米手机", "索尼耳机", "没有这种东西",
)  # fmt: skip


def test_both_sizes_show_the_same_page(tmp_path, embedded_and_scaled):
    """Two demos of a world that stands still: every field but when they looked and what follows from whose page was first.

    That these are equal too when two ledgers are, byte for byte, is in tests/test_two_sizes.py.
    """
    shown = []
    for place in embedded_and_scaled:
        with running_demo(tmp_path / place.index, place, "--speed", "0") as demo:
            shown.append({one: everything_shown(demo, one) for one in SAME_ON_BOTH})

    embedded, scaled = shown
    for query in SAME_ON_BOTH:
        assert scaled[query] == embedded[query], query


def everything_shown(demo, query):
    """What a query finds, all that is known of the products, and what the page has of them."""
    found = demo.api(f"/search?q={quote(query)}&limit=50")
    products = found.pop("products")
    rows = sorted(
        (one["name"], sorted((cell["marketplace"], totals(cell)) for cell in one["marketplaces"]))
        for one in products
    )
    is_whole = found["total"] <= PAGE_SIZE  # else equals are cut, and which are is drawn by lot
    details = [demo.api(f"/products/{one['id']}") for one in products] if is_whole else []
    page = html.fromstring(demo.ask(f"/search?q={quote(query)}")[1])
    cells = page.xpath("//table[@id='matrix']//td//b | //table[@id='matrix']//a[contains(@class, 'name')]")
    shown = sorted(cell.text_content().strip() for cell in cells) if is_whole else len(cells) > PAGE_SIZE
    return lasting(found), rows if is_whole else [], lasting(details), shown


def totals(cell):
    """Status and minor units of each offer; of what cannot be ordered -1."""
    landed = [offer["landed"] for offer in cell["offers"]]
    return [(one["status"], one["total"]["minor"] if one["total"] else -1) for one in landed]


PAGE_SIZE = 20
PASSING = {
    "took_ms", "last_seen", "observation_id", "run_id", "source", "history", "next_cursor", "observed_at", "why", "id",
    "url", "cheapest",
}  # fmt: skip
"""When it was seen, running numbers, and what follows from which marketplace's page was the first: who founded a product
gives it its id, and of equals another comes first."""


def lasting(found):
    """A JSON value without what differs from run to run; lists in one order."""
    if isinstance(found, list):
        return sorted((lasting(one) for one in found), key=repr)
    if isinstance(found, dict):
        return {name: lasting(value) for name, value in found.items() if name not in PASSING}
    return found
