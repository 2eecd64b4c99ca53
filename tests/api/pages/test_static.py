"""Static files: the name holds the content's hash, so what is cached forever is never stale."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from api.pages.render import TEMPLATES
from api.pages.static_files import FOLDER, StaticFiles

NAMES = ("bijia.css", "bijia.js", "htmx-4.0.1.min.js")

HTMX_SHA256 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
"""Of dist/htmx.min.js in the package htmx.org 4.0.1, as published."""


def test_vendored_htmx_is_the_published_file_with_its_licence():
    assert hashlib.sha256((FOLDER / "htmx-4.0.1.min.js").read_bytes()).hexdigest() == HTMX_SHA256
    assert "Zero-Clause BSD" in (FOLDER / "LICENSE-htmx").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_served_under_its_hash_and_may_be_kept_forever(client, name):
    address = StaticFiles.load().address(name)
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content == (FOLDER / name).read_bytes()
    assert hashlib.blake2b(answer.content, digest_size=6).hexdigest() in address
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].split(";")[0] in {"text/css", "text/javascript"}


@pytest.mark.parametrize("name", [*NAMES, "LICENSE-htmx", "bijia-000000000000.css", "..%2Fapp.py", "nope"])
def test_other_names_answer_404(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_a_changed_file_has_another_address():
    before = StaticFiles({"a.css": b"one"}).address("a.css")
    after = StaticFiles({"a.css": b"two"}).address("a.css")
    assert before != after


def test_files_come_packed_to_whoever_takes_that(client):
    address = StaticFiles.load().address("htmx-4.0.1.min.js")
    plain = client.get(address, headers={"accept-encoding": "identity"})
    with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as packed:
        sent = b"".join(packed.iter_raw())

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(sent) == plain.content
    assert len(sent) < 14_000


def test_every_asset_that_templates_name_exists_and_each_is_named():
    sources = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    assert set(re.findall(r'static\("([^"]+)"\)', sources)) == set(NAMES)


def test_what_we_wrote_ourselves_is_small():
    assert (FOLDER / "bijia.css").stat().st_size <= 29_000
    assert (FOLDER / "bijia.js").stat().st_size <= 5_500


def test_the_stylesheet_loads_nothing():
    css = (FOLDER / "bijia.css").read_text("utf-8")
    assert "url(" not in css
    assert "@import" not in css


def test_nothing_lies_in_the_folder_that_is_not_meant_to():
    assert {path.name for path in Path(FOLDER).iterdir()} == {*NAMES, "LICENSE-htmx"}
