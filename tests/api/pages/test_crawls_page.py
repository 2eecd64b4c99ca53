"""Runs and schedules: seen by everybody, changed by whoever holds the key and comes from our own pages."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from lxml import html

from api.pages.run_view import BAR, bar
from ledger.frontier import Fetched, PageRequest, ReadPage
from ledger.runs import RunState
from ledger.schedules import NewSchedule, ScheduleChange, ScheduleKind, Timing
from tests.api.pages.conftest import BROWSER, SAME_SITE, text
from tests.support.sample import NOW

pytestmark = pytest.mark.slow

CRON = {"name": "每六小时", "marketplace": "jd", "keywords": "iPhone 15\n\n 华为手机 \n", "kind": "cron",
        "expression": "0 */6 * * *", "zone": "Asia/Shanghai"}  # fmt: skip

CHANGES = (
    "/crawls/runs", "/crawls/27/cancel", "/crawls/schedules", "/crawls/schedules/1/pause", "/crawls/schedules/1/resume",
    "/crawls/schedules/1/delete",
)  # fmt: skip


def tree(response, status=200):
    assert response.status_code == status, response.text
    return html.document_fromstring(response.text)


def errors(page):
    return {one.get("id"): text(one) for one in page.xpath("//p[@class='wrong']")}


def said(page):
    return [text(one) for one in page.xpath("//p[@class='note good'][@role='status']")]


def make_schedule(services, **more):
    timing = Timing(ScheduleKind.CRON, "0 */6 * * *")
    return services.ledger.schedules.create(
        NewSchedule("每六小时", "jd", ("iPhone 15",), timing, **more), now=NOW
    )


@pytest.fixture
def running(own_services):
    """A run under way: of ten pages four are done, one failed, one skipped."""
    ledger = own_services.ledger
    run_id = ledger.runs.request("jd", ["iPhone 15"], now=NOW)
    lease = ledger.runs.claim("w", now=NOW, run_id=run_id)
    ledger.frontier.seed(lease, [PageRequest("search", {"page": str(n)}) for n in range(10)])
    pages = ledger.frontier.lease(lease, limit=6, now=NOW)
    for page in pages[:4]:
        ledger.frontier.complete(lease, page.id, ReadPage(Fetched(NOW, 200, 1, "h")), now=NOW)
    ledger.frontier.settle(lease, pages[4].id, "failed", "http 500", now=NOW)
    ledger.frontier.settle(lease, pages[5].id, "skipped", "robots", now=NOW)
    return lease


def test_a_bar_is_made_of_whole_parts_without_gaps():
    parts = bar(7, done=3, failed=1, skipped=3)
    assert [part.kind for part in parts] == ["done", "failed", "skipped"]
    assert parts[0].x == 0
    assert all(a.x + a.width == b.x for a, b in itertools.pairwise(parts))
    assert parts[-1].x + parts[-1].width == BAR
    assert bar(0, done=0) == ()
    assert bar(10, done=0, failed=2)[0].width == 200


def test_runs_are_listed_newest_first_with_what_they_counted(get):
    page = get("/crawls")
    rows = page.xpath("//ul[@class='runs']/li")
    assert rows[0].get("id") == "run-28"
    assert "淘宝" in text(rows[0])
    assert "完成" in text(rows[0])
    assert "报价 51" in text(rows[0])
    assert "读不出 1" in text(rows[0])
    assert text(rows[0].find(".//time")) == "刚刚"


def test_older_runs_are_a_link_away(get):
    page = get("/crawls")
    older = page.xpath("//p[@class='more']/a/@href")[0]
    assert older == "/crawls?before=14"
    assert get(older).xpath("//ul[@class='runs']/li/@id")[0] == "run-13"


def test_a_page_asks_again_only_while_something_is_active(visitor, running):
    active = tree(visitor.get("/crawls")).xpath("//section[@id='runs']")[0]
    assert active.get("hx-get") == "/crawls/live?"
    assert active.get("hx-trigger") == "every 1s"

    visitor.app.state.services.ledger.runs.abort(running, "enough", now=NOW)
    for address in ("/crawls", "/crawls/live"):
        ended = tree(visitor.get(address)).xpath("//section[@id='runs']")[0]
        assert ended.get("hx-get") is None
        assert ended.get("hx-trigger") is None


def test_the_live_part_is_the_part_of_the_page(visitor, running):
    whole, live = visitor.get("/crawls"), visitor.get("/crawls/live?")
    assert live.headers["cache-control"] == "no-store"
    assert "<html" not in live.text
    assert live.text.strip() in whole.text


def test_progress_is_a_bar_with_a_figure(visitor, running):
    row = tree(visitor.get("/crawls")).xpath(f"//li[@id='run-{running.run_id}']")[0]
    drawn = row.find(".//svg")
    assert drawn.get("role") == "progressbar"
    assert drawn.get("aria-valuenow") == "60"
    assert [(one.get("class"), one.get("x"), one.get("width")) for one in drawn] == [
        ("done", "0", "400"), ("failed", "400", "100"), ("skipped", "500", "100"),
    ]  # fmt: skip
    assert "页面 6/10" in text(row)
    assert "等待 4" in text(row)


def test_one_run_shows_why_and_what_could_not_be_read(get, visitor, running):
    page = get("/crawls/28")
    assert text(page.find(".//h1")).startswith("淘宝 #28")
    rejects = [text(one) for one in page.xpath("//table/tbody/tr")]
    assert any("70001" in one and "整条不能用" in one and "<b>缺价商品</b>" in one for one in rejects)
    assert any("其中一项未知" in one and "<script>" in one for one in rejects)
    assert page.xpath("//div[@id='one']/@hx-get") == []

    live = tree(visitor.get(f"/crawls/{running.run_id}"))
    assert live.xpath("//div[@id='one']/@hx-get") == [f"/crawls/{running.run_id}/live"]


def test_a_run_that_is_not_there_is_a_friendly_page(get):
    assert text(get("/crawls/999", 404).find(".//h1")) == "没有这个任务"
    assert text(get("/crawls/nonsense", 422).find(".//h1")) == "参数不对"


def test_visitors_see_a_hint_in_place_of_the_forms(visitor, own_services):
    make_schedule(own_services)
    page = tree(visitor.get("/crawls"))
    assert page.xpath("//form[@method='post']") == []
    assert page.xpath("//p[@class='note']/a/@href") == ["/admin"]
    assert "每六小时" in text(page)


@pytest.mark.parametrize("path", CHANGES)
def test_without_the_key_nothing_changes(visitor, own_services, path):
    schedule = make_schedule(own_services)
    before = own_services.ledger.runs.newest()
    answer = visitor.post(path, data=CRON, headers=SAME_SITE)

    assert answer.status_code == 401
    assert text(tree(answer, 401).find(".//h1")) == "需要登录"
    assert own_services.ledger.runs.newest() == before
    assert own_services.ledger.schedules.all() == [schedule]


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize(
    "origin",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://other.testserver"},
        {"origin": "null"},
        {},
    ],
)
def test_another_site_changes_nothing_even_with_the_session(admin, own_services, path, origin):
    schedule = make_schedule(own_services)
    before = own_services.ledger.runs.newest()
    for name in SAME_SITE:
        del admin.headers[name]
    answer = admin.post(path, data=CRON, headers=origin)

    assert answer.status_code == 403
    assert own_services.ledger.runs.newest() == before
    assert own_services.ledger.schedules.all() == [schedule]


@pytest.mark.parametrize("path", CHANGES)
def test_looking_at_a_change_changes_nothing(admin, own_services, path):
    make_schedule(own_services)
    before = own_services.ledger.runs.newest()
    assert admin.get(path).status_code in {404, 405, 422}
    assert own_services.ledger.runs.newest() == before


def test_starting_a_run_leads_to_it(admin, own_services):
    answer = admin.post(
        "/crawls/runs", data={"marketplace": "jd", "keywords": " iPhone 15 \r\n\r\n华为手机\r\n"}
    )

    run = own_services.ledger.runs.newest(limit=1)[0]
    assert (answer.status_code, answer.headers["location"]) == (303, f"/crawls/{run.id}?said=started")
    assert (run.marketplace, run.keywords, run.state) == ("jd", ("iPhone 15", "华为手机"), RunState.QUEUED)
    assert said(tree(admin.get(answer.headers["location"]))) == ["已提出抓取，空闲的进程会马上开始。"]


def test_a_shop_that_is_walked_whole_needs_no_keywords(admin, own_services):
    assert admin.post("/crawls/runs", data={"marketplace": "shop"}).status_code == 303
    assert own_services.ledger.runs.newest(limit=1)[0].keywords == ()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"marketplace": "", "keywords": "x"}, {"run-marketplace-wrong"}),
        ({"marketplace": "nope", "keywords": "x"}, {"run-marketplace-wrong"}),
        ({"marketplace": "jd", "keywords": " \n "}, {"run-keywords-wrong"}),
        ({"marketplace": "jd", "keywords": "x" * 101}, {"run-keywords-wrong"}),
        ({"marketplace": "jd", "keywords": "\n".join(str(n) for n in range(101))}, {"run-keywords-wrong"}),
        ({"marketplace": "jd", "keywords": "a\u202eb"}, {"run-keywords-wrong"}),
        ({}, {"run-marketplace-wrong"}),
    ],
)
def test_a_run_that_cannot_be_comes_back_as_typed_with_what_is_wrong(admin, own_services, typed, wrong):
    before = own_services.ledger.runs.newest(limit=1)
    page = tree(admin.post("/crawls/runs", data=typed), 422)

    assert set(errors(page)) == wrong
    assert page.xpath("string(//textarea[@id='run-keywords'])") == typed.get("keywords", "")
    assert page.xpath("//select[@id='run-marketplace']/option[@selected]/@value") == [
        m for m in [typed.get("marketplace")] if m == "jd"
    ]
    assert own_services.ledger.runs.newest(limit=1) == before


def test_making_a_schedule(admin, own_services):
    answer = admin.post("/crawls/schedules", data=CRON)
    assert (answer.status_code, answer.headers["location"]) == (303, "/crawls?said=created#schedules")

    schedule = own_services.ledger.schedules.all()[0]
    assert (schedule.name, schedule.keywords, schedule.timing.expression) == (
        "每六小时",
        ("iPhone 15", "华为手机"),
        "0 */6 * * *",
    )
    row = tree(admin.get("/crawls?said=created")).xpath("//ul[@class='schedules']/li")[0]
    assert "0 */6 * * *" in text(row)
    assert "Asia/Shanghai" in text(row)
    assert "下次" in text(row)
    assert "小时后" in text(row)


def test_an_interval_is_told_in_words(admin):
    admin.post("/crawls/schedules", data=CRON | {"kind": "interval", "expression": " 21600 "})
    assert "每 6 小时" in text(tree(admin.get("/crawls")).xpath("//ul[@class='schedules']/li")[0])


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"expression": "every day"}, "expression", "cron"),
        ({"expression": "0 0 30 2 *"}, "expression", "cron"),
        ({"expression": ""}, "expression", "cron"),
        ({"kind": "interval", "expression": "5"}, "expression", "整秒数"),
        ({"kind": "interval", "expression": "0 */6 * * *"}, "expression", "整秒数"),
        ({"zone": "Mars/Olympus"}, "zone", "时区"),
        ({"zone": "../../etc/passwd"}, "zone", "时区"),
        ({"name": "  "}, "name", "名称"),
        ({"name": "x" * 101}, "name", "名称"),
        ({"marketplace": "nope"}, "marketplace", "平台"),
        ({"keywords": ""}, "keywords", "至少写一个"),
    ],
)
def test_a_schedule_that_cannot_be_says_so_beside_the_field_and_keeps_the_rest(
    admin, own_services, typed, field, told
):
    page = tree(admin.post("/crawls/schedules", data=CRON | typed), 422)

    assert set(errors(page)) == {f"schedule-{field}-wrong"}
    assert told in errors(page)[f"schedule-{field}-wrong"]
    wrong = page.xpath(f"//*[@id='schedule-{field}']")[0]
    assert wrong.get("aria-invalid") == "true"
    assert wrong.get("aria-describedby") == f"schedule-{field}-wrong"
    assert page.xpath("//input[@id='schedule-name']/@value") == [(CRON | typed)["name"]]
    assert page.xpath("//input[@id='schedule-expression']/@value") == [(CRON | typed)["expression"]]
    assert page.xpath("//input[@name='kind'][@checked]/@value") == [(CRON | typed)["kind"]]
    assert own_services.ledger.schedules.all() == []


def test_a_kind_that_is_none_is_refused(admin):
    assert admin.post("/crawls/schedules", data=CRON | {"kind": "whenever"}).status_code == 422


def test_what_is_far_too_long_is_refused(admin):
    assert admin.post("/crawls/schedules", data=CRON | {"name": "x" * 201}).status_code == 422
    assert admin.post("/crawls/runs", data={"marketplace": "jd", "keywords": "x" * 20_001}).status_code == 422


def test_pausing_resuming_deleting(admin, own_services):
    schedule = make_schedule(own_services)
    at = f"/crawls/schedules/{schedule.id}"

    answer = admin.post(f"{at}/pause")
    assert answer.headers["location"] == "/crawls?said=paused#schedules"
    assert own_services.ledger.schedules.get(schedule.id).is_paused
    page = tree(admin.get("/crawls?said=paused"))
    assert said(page) == ["计划已暂停。"]
    assert "已暂停" in text(page.xpath("//ul[@class='schedules']/li")[0])
    assert page.xpath(f"//form[@action='{at}/resume']")

    assert admin.post(f"{at}/resume").status_code == 303
    assert not own_services.ledger.schedules.get(schedule.id).is_paused
    assert admin.post(f"{at}/delete").status_code == 303
    assert own_services.ledger.schedules.all() == []
    assert text(tree(admin.post(f"{at}/delete"), 404).find(".//h1")) == "没有这个计划"


def test_the_history_of_a_schedule(visitor, own_services):
    schedule = make_schedule(own_services)
    own_services.ledger.schedules.fire_due(now=NOW + timedelta(hours=30))
    page = tree(visitor.get(f"/crawls?schedule={schedule.id}"))

    assert text(page.xpath("//section[@id='runs']/h2")[0]).startswith("计划「每六小时」的任务")
    (row,) = page.xpath("//ul[@class='runs']/li")
    assert "迟到" in text(row)
    assert page.xpath("//section[@id='runs']/@hx-get") == [f"/crawls/live?schedule={schedule.id}"]


def test_a_paused_schedule_has_no_next_time(visitor, own_services):
    schedule = make_schedule(own_services)
    own_services.ledger.schedules.change(schedule.id, ScheduleChange(is_paused=True), now=NOW)
    row = tree(visitor.get("/crawls")).xpath("//ul[@class='schedules']/li")[0]
    assert "下次" not in text(row)


def test_cancelling(admin, own_services, running):
    answer = admin.post(f"/crawls/{running.run_id}/cancel")
    assert answer.headers["location"] == f"/crawls/{running.run_id}?said=cancelling"
    page = tree(admin.get(answer.headers["location"]))
    assert "正在取消" in text(page.find(".//h1"))
    assert page.xpath(f"//form[@action='/crawls/{running.run_id}/cancel']") == []

    waiting = own_services.ledger.runs.request("taobao", ["x"], now=NOW)
    assert admin.post(f"/crawls/{waiting}/cancel").headers["location"].endswith("?said=cancelled")
    assert admin.post(f"/crawls/{waiting}/cancel").headers["location"].endswith("?said=cancelled")
    assert admin.post("/crawls/1/cancel").headers["location"].endswith("?said=ended_before")
    assert admin.post("/crawls/999/cancel").status_code == 404


def test_a_link_cannot_make_the_page_say_anything_else(get):
    page = get("/crawls?said=%E8%AF%B7%E8%BD%AC%E8%B4%A6")
    assert "请转账" not in text(page)
    assert said(page) == []
    assert "请转账" not in text(get("/admin?said=%E8%AF%B7%E8%BD%AC%E8%B4%A6"))


def test_pages_about_runs_are_never_kept(client):
    for address in ("/crawls", "/crawls/28", "/admin"):
        assert client.get(address, headers=BROWSER).headers["cache-control"] == "no-store"
    assert client.get("/search").headers["cache-control"] == "private, no-cache"
