"""The `bijia` command: the same answers as the API, plain lines where there is no terminal, errors in one line."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.commands import search as search_command
from api.commands.export import cell
from api.services import Services
from api.settings import ServiceSettings
from catalog.price_terms import ShippingRules
from catalog.promotion import Promotion, PromotionKind, Stage
from ledger.ledger import Ledger
from ledger.schedules import ScheduleKind
from tests.support.index import following, make_indexer
from tests.support.offers import on_terms, seen, yuan
from tests.support.runs import at, one_page_run

PLUS = Promotion(
    id="plus", stage=Stage.UNIT, kind=PromotionKind.SET_PRICE, price=yuan("5799"), needs=("member:plus",)
)
PHONE = "Apple/苹果 iPhone 15 128GB 黑色 5G手机"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A data folder with three offers, to copy."""
    folder = tmp_path_factory.mktemp("commands")
    with Ledger.open(f"sqlite:///{folder}/ledger.sqlite", migrated=True) as ledger:
        blue = "苹果iPhone15 128G 蓝色"
        for one in (
            on_terms(seen("1", "5999.00", title=PHONE, at=60), promotions=(PLUS,)),
            on_terms(
                seen("2", "5899.00", title=blue, marketplace="taobao", shipping=yuan("6.00"), at=60),
                shipping_rules=ShippingRules(no_delivery=("CN-XJ",)),
            ),
            seen("3", "49.00", title="=HYPERLINK(1) 适用苹果15手机壳", marketplace="taobao", at=60),
        ):
            one_page_run(ledger, one, marketplace=one.offer.listing.marketplace)
        with following(make_indexer(ledger, folder / "index")):
            pass
    return folder


@pytest.fixture
def folder(template, tmp_path, monkeypatch):
    """The data folder of a service, as the environment names it, an hour after its offers were seen."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    for name in ("BIJIA_DATABASE_URL", "BIJIA_SEARCH_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BIJIA_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(Services.__init__, "__defaults__", (lambda: at(3600),))
    return tmp_path


def run(*arguments, status=0):
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, (done.output, done.exception)
    return done


def lines(*arguments):
    return run(*arguments).stdout.splitlines()


def test_a_search_prints_a_row_per_product_and_a_column_per_marketplace(folder):
    head, row, summary = lines("search", "iPhone 15", "128G")

    assert sorted(head.split("\t")[1:]) == ["京东", "淘宝"]
    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert cells == {"product": "苹果 iPhone 15 128GB", "京东": "≥¥5999.00", "淘宝": "★¥5905.00"}
    assert summary.startswith("1 products, 1 shown")


def test_a_search_is_priced_for_whom_it_is_asked(folder):
    head, row, summary = lines("search", "iPhone 15", "128G", "--with", "member:plus", "--region", "新疆")

    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert cells == {"product": "苹果 iPhone 15 128GB", "京东": "★≥¥5799.00", "淘宝": "不发货到新疆"}
    assert "for 新疆, pieces: 1, member:plus." in summary


def test_two_pieces_and_a_region_that_is_none(folder):
    _, row, summary = lines("search", "iPhone 15", "128G", "--quantity", "2")
    assert "★¥11804.00" in row
    assert "for 上海, pieces: 2, no conditions." in summary
    assert "pieces: at least 2" in lines("search", "iPhone 15", "128G", "--at-least", "2")[2]
    assert "not a region" in run("search", "x", "--region", "Atlantis", status=2).stderr


def test_the_command_and_the_api_give_the_same_answer(folder):
    from api.services import open_services

    wish = ("--region", "CN-XJ", "--at-least", "2", "--with", "member:plus")
    told = json.loads(run("search", "iPhone 15 128G", *wish, "--json").stdout)
    services = open_services(ServiceSettings(), admin_key="x")
    try:
        answered = (
            TestClient(create_app(services))
            .get(
                "/api/v1/search",
                params={
                    "q": "iPhone 15 128G",
                    "limit": 10,
                    "region": "CN-XJ",
                    "at_least": 2,
                    "conditions": "member:plus",
                },
            )
            .json()
        )
    finally:
        services.close()

    for answer in (told, answered):
        answer.pop("took_ms")
    assert told == answered


def test_a_search_that_finds_nothing_says_so(folder):
    assert lines("search", "zzqq") == ["nothing found for “zzqq”"]


def test_schedules_are_made_paused_resumed_and_removed(folder):
    made = json.loads(run("schedule", "add", "jd", "-k", "手机", "--cron", "0 6 * * *", "--json").stdout)
    assert made["timing"] == {"kind": ScheduleKind.CRON, "expression": "0 6 * * *", "zone": "Asia/Shanghai"}

    assert lines("schedule", "pause", "1")[0].endswith("paused")
    assert "next 2026-11-01 22:00:00 UTC" in lines("schedule", "resume", "1")[0]
    assert len(json.loads(run("schedule", "list", "--json").stdout)["schedules"]) == 1
    assert lines("schedule", "remove", "1") == ["schedule 1 removed"]
    assert lines("schedule", "list") == ["no schedules"]


def test_runs_are_listed_newest_first(folder):
    assert [line.split()[1] for line in lines("runs")] == ["3", "2", "1"]
    assert [one["id"] for one in json.loads(run("runs", "--limit", "2", "--json").stdout)["runs"]] == [3, 2]


def test_the_index_says_how_it_is_and_is_built_again_to_the_same_bytes(folder):
    before = json.loads(run("index", "status", "--digest", "--json").stdout)
    built = json.loads(run("index", "rebuild", "--json").stdout)
    after = json.loads(run("index", "status", "--digest", "--json").stdout)

    assert (before["documents"], before["is_ready"], before["is_current_version"]) == (2, True, True)
    assert built["is_identical"]
    assert after["digest"] == before["digest"] == built["digest"]
    assert after["generation"] > before["generation"]


def test_every_offer_is_exported_once_with_its_product(folder):
    rows = [json.loads(line) for line in lines("export")]

    assert {(row["offer"], row["product"], row["landed"]) for row in rows if row["brand"] == "apple"} == {
        ("jd:1:", "苹果 iPhone 15 128GB", "5999.00"),
        ("taobao:2:", "苹果 iPhone 15 128GB", "5905.00"),
    }
    assert len(rows) == 3
    assert [row["variant"] for row in rows if row["brand"] == "apple"] == [{"storage_gb": "128"}] * 2
    assert {(row["is_certain"], *row["missing"]) for row in rows if row["brand"] == "apple"} == {(True,)}


def test_a_table_runs_no_formula_and_is_whole_or_not_there(folder):
    run("export", "-f", "csv", "-o", str(folder / "offers.csv"))
    with (folder / "offers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["title"] for row in rows if row["offer"] == "taobao:3:"] == [
        "'=HYPERLINK(1) 适用苹果15手机壳"
    ]
    assert not (folder / "offers.csv.part").exists()
    refused = run("export", "-o", str(folder / "nowhere" / "offers.csv"), status=2)
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell("5999.00") == "5999.00"
    assert cell(None) == ""
    assert cell({"storage_gb": "256", "ram_gb": "12"}) == "ram_gb=12; storage_gb=256"
    assert cell(["=1+1", "pack"]) == "'=1+1; pack"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("search", "x", "--sort", "fame"), "--sort is one of"),
        (("schedule", "add", "jd", "-k", "x"), "either --cron or --every"),
        (("schedule", "add", "jd", "-k", "x", "--cron", "99 * * * *"), "not a cron expression"),
        (("schedule", "add", "jd", "-k", "x", "--every", "1"), "an interval is 10 to"),
        (("schedule", "add", "jd", "-k", "x", "--every", "60", "--zone", "Mars/Base"), "unknown time zone"),
        (("schedule", "add", "amazon", "-k", "x", "--every", "60"), "amazon"),
        (("schedule", "add", "jd", "--every", "60"), "keyword"),
        (("schedule", "pause", "77"), "77"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(folder, arguments, words):
    refused = run(*arguments, status=2)

    assert words in refused.stderr
    assert refused.stderr.startswith("bijia: ")
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""


def test_a_ledger_that_is_none_is_one_line_and_status_1(folder, monkeypatch):
    (folder / "broken.sqlite").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("BIJIA_DATABASE_URL", f"sqlite:///{folder}/broken.sqlite")

    refused = run("runs", status=1)

    assert "LedgerUnavailable" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_terminal_gets_a_table(folder, monkeypatch):
    from rich.console import Console

    screen = Console(force_terminal=True, width=100, record=True, highlight=False)
    monkeypatch.setattr(search_command, "console", screen)
    run("search", "iPhone 15 128G")

    assert "★¥5905.00" in screen.export_text()


def test_help_is_there_for_every_command():
    for name in (
        "demo",
        "serve",
        "worker",
        "crawl",
        "runs",
        "schedule",
        "search",
        "index",
        "evaluate",
        "export",
        "doctor",
    ):
        assert run(name, "--help").stdout.strip()
    assert "bijia" in run("--help").stdout


def test_sealing_says_what_it_did_and_finds_nothing_the_second_time(folder, monkeypatch):
    with Ledger.open(f"sqlite:///{folder}/ledger.sqlite") as ledger:
        one_page_run(ledger, seen("1", "5899.00", title=PHONE, at=120))
    monkeypatch.setattr("indexer.bootstrap.utc_now", lambda: at(92 * 86_400))

    first = json.loads(run("ledger", "seal", "--json").stdout)
    assert (first["offers"], first["points"], first["chunks"]) == (1, 1, 1)
    assert first["bytes"] < 60
    assert json.loads(run("ledger", "seal", "--json").stdout)["points"] == 0
    (line,) = lines("ledger", "seal", "--anew")
    assert line.startswith("1 points of 1 offers sealed: 1 chunks of ")


# ── corrections ───────────────────────────────────────────────────────────────────────────────────


def corrections(*arguments):
    return json.loads(run("corrections", "list", "--json", *arguments).stdout)["corrections"]


def test_corrections_are_said_listed_and_withdrawn(folder):
    (said,) = lines("corrections", "not-same", "jd:1:", "taobao:2:", "--author", "ann", "--note", "另一款")
    assert said.startswith("correction 1  not_same  jd:1:  taobao:2:  ann  ")
    assert said.endswith("  in_force  另一款")
    assert "vetoed: kind: goods ≠ accessory" in lines("corrections", "same", "jd:1:", "taobao:3:")[0]

    assert lines("corrections", "withdraw", "1") == ["correction 1 withdrawn"]
    assert lines("corrections", "withdraw", "1") == ["correction 1 was withdrawn already"]

    assert [(one["id"], one["status"]) for one in corrections()] == [
        (3, "withdrawn"),
        (2, "vetoed"),
        (1, "withdrawn"),
    ]
    assert [one["id"] for one in corrections("--offer", "taobao:3:")] == [2]
    assert "no offer jd:99:" in run("corrections", "same", "jd:1:", "jd:99:", status=2).stderr


def test_a_file_of_corrections_is_taken_whole_and_once(folder, tmp_path):
    file, copy = tmp_path / "words.txt", tmp_path / "copy.txt"
    file.write_text(
        "# by hand\nsame jd:1: taobao:2:\nnot_same jd:1: jd:77: 2026-11-01T12:00:00Z ann\n", "utf-8"
    )

    assert lines("corrections", "import", str(file)) == ["2 new, 0 known before"]
    assert lines("corrections", "import", str(file)) == ["0 new, 2 known before"]
    run("corrections", "export", "-o", str(copy))
    assert json.loads(run("corrections", "import", str(copy), "--json").stdout) == {
        "lines": 2,
        "new": 0,
        "known": 2,
    }
    assert lines("corrections", "export") == copy.read_text("utf-8").splitlines()
    assert [one["status"] for one in corrections()] == ["waiting", "in_force"]


def test_a_file_with_a_wrong_line_is_not_taken_at_all(folder, tmp_path):
    file = tmp_path / "words.txt"
    file.write_text("same jd:1: taobao:2:\nsame jd:1:\nsame jd:1: jd:1:\n", "utf-8")

    refused = run("corrections", "import", str(file), status=2).stderr

    assert "line 2: a word and two offers are needed" in refused
    assert "line 3:" in refused
    assert corrections() == []
    assert "cannot be read" in run("corrections", "import", str(tmp_path / "none.txt"), status=2).stderr
