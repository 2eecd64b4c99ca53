"""The address of a cluster and what belongs to it: wrong ones are named before anything is sent."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from catalog.errors import ConfigurationError
from indexer.bootstrap import open_store
from indexer.engines.elasticsearch.settings import Cluster, parse_nodes
from indexer.settings import IndexSettings


@pytest.mark.parametrize(
    ("url", "nodes"),
    [
        ("http://one:9200", ("http://one:9200",)),
        ("http://one", ("http://one:9200",)),
        ("https://one.example", ("https://one.example:443",)),
        ("https://one.example:9243/", ("https://one.example:9243",)),
        ("http://[::1]:9200", ("http://[::1]:9200",)),
        ("http://one:1, http://two:2,http://one:1", ("http://one:1", "http://two:2")),
    ],
)
def test_addresses_of_nodes(url, nodes):
    assert parse_nodes(url) == nodes


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http",
        ",",
        "http://one:0x1",
        "http://one:99999",
        "http://one:9200/path",
        "http://one:9200?x=1",
        "http://user:secret@one:9200",
        "http://one:9200,ftp://two",
        "http://one:9200,two:9200",
    ],
)
def test_what_is_no_address_of_a_node_is_refused_by_name(url):
    with pytest.raises(ConfigurationError, match="BIJIA_SEARCH_URL") as refused:
        parse_nodes(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["redis://x", "elasticsearch:9200", "tantivy:", "ftp://x"])
def test_an_unknown_engine_is_refused_with_what_there_is(url):
    with pytest.raises(ConfigurationError, match=r"BIJIA_SEARCH_URL.*tantivy:FOLDER"):
        open_store(IndexSettings(search_url=url))


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ("BIJIA_SEARCH_API_KEY", {"search_api_key": "k", "search_user": "u", "search_password": "p"}),
        ("BIJIA_SEARCH_PASSWORD", {"search_user": "u"}),
        ("BIJIA_SEARCH_PASSWORD", {"search_password": "p"}),
        ("BIJIA_SEARCH_CA_FILE", {"search_ca_file": "/nowhere/ca.pem"}),
    ],
)
def test_settings_that_do_not_fit_each_other_are_refused_by_name(setting, given):
    with pytest.raises(ConfigurationError, match=setting):
        Cluster.of(IndexSettings(search_url="https://one", **given))


def test_certificates_for_an_address_without_tls_are_a_mistake(tmp_path):
    (tmp_path / "ca.pem").write_text("x")
    with pytest.raises(ConfigurationError, match=r"BIJIA_SEARCH_URL.*https"):
        Cluster.of(IndexSettings(search_url="http://one", search_ca_file=str(tmp_path / "ca.pem")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"search_index": "Upper"},
        {"search_index": "with-dash"},
        {"search_index": "*"},
        {"search_replicas": "many"},
        {"search_shards": 0},
        {"index_partitions": 65},
    ],
)
def test_values_out_of_bounds_are_refused(wrong):
    with pytest.raises(ValidationError):
        IndexSettings(**wrong)


def test_no_text_of_the_settings_shows_a_secret():
    settings = IndexSettings(search_url="https://one", search_user="u", search_password="planted-secret")
    cluster = Cluster.of(settings)

    assert cluster.password == "planted-secret"
    for shown in (repr(settings), str(settings), repr(cluster), str(cluster), repr(open_store(settings))):
        assert "planted-secret" not in shown
