"""Signing in, schedules and runs, with live progress driven from here as a worker would drive it."""

from __future__ import annotations

import re

import pytest

from ledger.frontier import Fetched, PageRequest, ReadPage
from tests.browser.conftest import sign_in
from tests.support.sample import NOW


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def admin(request, own_site, visit):
    page = visit(own_site, java_script_enabled=request.param)
    sign_in(page)
    return page


def schedule_form(page):
    return page.locator("form#schedule")


def fill_schedule(page, expression="0 */6 * * *"):
    form = schedule_form(page)
    form.get_by_label("名称").fill("手机，每六小时")
    form.get_by_label("平台").select_option(label="京东")
    form.get_by_label("关键词").fill("iPhone 15\n华为手机")
    form.get_by_label("表达式", exact=True).fill(expression)
    form.get_by_role("button", name="建立计划").click()


class Worker:
    """Works on a run page by page."""

    def __init__(self, ledger, pages):
        self.ledger = ledger
        self.lease = ledger.runs.claim("w", now=NOW)
        ledger.frontier.seed(self.lease, [PageRequest("search", {"page": str(n)}) for n in range(pages)])

    def read(self, count):
        for page in self.ledger.frontier.lease(self.lease, limit=count, now=NOW):
            self.ledger.frontier.complete(self.lease, page.id, ReadPage(Fetched(NOW, 200, 1, "h")), now=NOW)

    def is_told_to_stop(self):
        return self.ledger.runs.beat(self.lease, now=NOW)

    def stop(self):
        self.ledger.runs.finish(self.lease, now=NOW, cancelled=True)


def test_a_wrong_key_is_refused(own_site, visit, trouble):
    trouble.expected = ("console: Failed to load resource: the server responded with a status of 403",)
    page = visit(own_site, "/admin")
    page.get_by_label("管理密钥").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="登录").click()
    assert page.get_by_text("密钥不对。").is_visible()
    assert page.context.cookies() == []


def test_making_pausing_and_deleting_a_schedule(admin, own_site):
    fill_schedule(admin)
    admin.wait_for_url("**/crawls?said=created*")
    row = admin.locator(".schedules > li")
    assert row.count() == 1
    assert "手机，每六小时" in row.inner_text()
    assert admin.get_by_text("计划已建立。").is_visible()

    row.get_by_role("button", name=re.compile("暂停")).click()
    admin.wait_for_url("**/crawls?said=paused*")
    assert "已暂停" in row.inner_text()
    assert own_site.services.ledger.schedules.all()[0].is_paused

    row.locator(".confirm summary").click()
    row.get_by_role("button", name="确认删除").click()
    admin.wait_for_url("**/crawls?said=deleted*")
    assert row.count() == 0
    assert own_site.services.ledger.schedules.all() == []


def test_a_bad_schedule_says_so_beside_the_field_and_keeps_what_was_typed(admin, trouble):
    trouble.expected = ("console: Failed to load resource: the server responded with a status of 422",)
    fill_schedule(admin, "every day")
    form = schedule_form(admin)
    field = form.get_by_label("表达式", exact=True)

    assert "cron" in form.locator("#schedule-expression-wrong").inner_text()
    assert field.input_value() == "every day"
    assert form.get_by_label("名称").input_value() == "手机，每六小时"
    assert form.get_by_label("关键词").input_value() == "iPhone 15\n华为手机"
    assert form.get_by_label("平台").input_value() == "jd"


def test_signing_out(admin):
    admin.get_by_role("button", name="退出登录").click()
    admin.wait_for_url("**/admin?said=signed_out")
    assert admin.context.cookies() == []


def test_the_session_cookie_is_out_of_reach_of_scripts(own_site, visit):
    page = visit(own_site)
    sign_in(page)
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert page.evaluate("document.cookie") == ""


def test_a_run_is_started_watched_and_cancelled(own_site, visit):
    ledger = own_site.services.ledger
    page = visit(own_site)
    sign_in(page)
    form = page.locator("form#run")
    form.get_by_label("平台").select_option(label="京东")
    form.get_by_label("关键词").fill("iPhone 15")
    form.get_by_role("button", name="开始抓取").click()
    page.wait_for_url("**/crawls/*said=started")
    bar = page.get_by_role("progressbar")
    assert "等待中" in page.get_by_role("heading", level=1).inner_text()

    worker = Worker(ledger, pages=20)
    worker.read(5)
    page.locator("svg.bar[aria-valuenow='25']").wait_for()
    worker.read(10)
    page.locator("svg.bar[aria-valuenow='75']").wait_for()
    assert "进行中" in page.get_by_role("heading", level=1).inner_text()
    assert bar.locator("rect.done").get_attribute("width") == "750"

    page.get_by_role("button", name=re.compile("取消")).click()
    page.wait_for_url("**said=cancelling")
    assert worker.is_told_to_stop()
    worker.stop()
    page.locator(".state.cancelled").wait_for()
    page.wait_for_function("!document.querySelector('#one').hasAttribute('hx-get')")


def test_the_list_of_runs_moves_by_itself_and_stops_asking_at_the_end(own_site, visit):
    ledger = own_site.services.ledger
    run_id = ledger.runs.request("jd", ["iPhone 15"], now=NOW)
    worker = Worker(ledger, pages=4)
    page = visit(own_site, "/crawls")
    row = page.locator(f"#run-{run_id}")
    worker.read(3)
    row.locator("svg.bar[aria-valuenow='75']").wait_for()
    worker.read(1)
    ledger.runs.finish(worker.lease, now=NOW)
    row.locator(".state.succeeded").wait_for()

    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.wait_for_timeout(2_200)
    assert asked == []


def test_watching_leaves_the_focus_where_it_is(own_site, visit):
    run_id = own_site.services.ledger.runs.request("jd", ["iPhone 15"], now=NOW)
    worker = Worker(own_site.services.ledger, pages=4)
    page = visit(own_site)
    sign_in(page)
    page.locator(f"#cancel-{run_id}").focus()
    worker.read(2)
    page.locator(f"#run-{run_id} svg.bar[aria-valuenow='50']").wait_for()

    assert page.evaluate("document.activeElement.id") == f"cancel-{run_id}"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1"])
def test_no_other_site_can_change_anything(chromium, own_site, origin):
    """A form on another site that submits itself, in a browser that is signed in."""
    ledger = own_site.services.ledger
    with_session = chromium.new_context()
    page = with_session.new_page()
    page.goto(own_site.base + "/")
    sign_in(page)
    before = ledger.runs.newest(limit=1)
    attack = f"""<form method=post action="{own_site.base}/crawls/runs"><input name=marketplace value=shop></form>
      <script>document.forms[0].submit()</script>"""
    page.route(f"{origin}/**", lambda route: route.fulfill(body=attack, content_type="text/html"))
    with page.expect_response(f"{own_site.base}/crawls/runs") as answer:
        page.goto(f"{origin}/", wait_until="commit")

    assert answer.value.status in {401, 403}
    assert ledger.runs.newest(limit=1) == before
    with_session.close()
