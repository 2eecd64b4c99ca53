"""From bytes to text: whole, bounded, and with an encoding that fits every byte."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import SourceError
from crawlers.extract.decode import decode_html, decompress, gunzip
from crawlers.extract.price_text import parse_price

TITLES = "镕囍喆㐂𠮷 苹果手机全新国行正品官方旗舰店顺丰包邮"


def page(charset=None, price="¥5,999.00"):
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}</head><body>{TITLES}<b>{price}</b></body></html>"


def price_in(text):
    return parse_price(text.split("<b>")[1].split("</b>")[0], "CNY").to_decimal()


@pytest.mark.parametrize("actual", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "header",
    [
        "",
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=GBK",
        "text/html;charset=gb2312",
        "text/html; charset=big5",
        "text/html; charset=nonsense",
        "text/html; charset=iso-8859-1",
    ],
)
@pytest.mark.parametrize("meta", [None, "utf-8", "gbk", "x-unknown"])
def test_no_label_however_wrong_invents_a_digit(actual, header, meta):
    body = page(meta).encode(actual)

    text = decode_html(body, header)

    assert price_in(text) == "5999.00"
    assert TITLES in text


def test_a_naive_reader_would_be_wrong_here():
    """The broken twin: what the label says, as HTTP clients do it, turns 5,999 into something else."""
    naive = page().encode("gb18030").decode("utf-8", "replace")

    assert "5,999" not in naive.replace("65,999", "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(encoding):
    assert TITLES in decode_html(page().encode(encoding), "text/html; charset=gbk")


def test_two_bytes_that_happen_to_be_utf8_do_not_outvote_the_label():
    assert "联通" in decode_html("<p>联通</p>".encode("gbk"), "text/html; charset=gbk")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_body"),
        (b" \n ", "empty_body"),
        (b"\x80\x81\xff\x00", "undecodable"),
        (b"\xff\xfea", "undecodable"),
    ],
)
def test_what_no_encoding_fits_is_an_error(body, code):
    with pytest.raises(SourceError) as caught:
        decode_html(body, "")
    assert caught.value.fault.code == code


def test_gzip_and_deflate_and_plain_are_read():
    whole = b"goods" * 1000

    assert decompress(gzip.compress(whole), "gzip") == whole
    assert decompress(gzip.compress(whole), "X-GZIP") == whole
    assert decompress(zlib.compress(whole), "deflate") == whole
    assert decompress(whole, "") == decompress(whole, "identity") == whole
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + b"\0" * 8) == b"ab"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_gzip_stream_cut_short_is_an_error(keep):
    packed = gzip.compress(bytes(range(256)) * 100)

    with pytest.raises(SourceError) as caught:
        decompress(packed[: int(len(packed) * keep)], "gzip")
    assert caught.value.fault.code in {"truncated_gzip", "bad_gzip"}


def test_bombs_are_refused_without_being_unpacked():
    bomb = gzip.compress(b"\0" * 50_000_000)
    nested = gzip.compress(bomb)

    for body in (bomb, bomb + bomb):
        with pytest.raises(SourceError) as caught:
            decompress(body, "gzip")
        assert caught.value.fault.code == "body_too_large"
    assert len(decompress(nested, "gzip")) < 100_000
    with pytest.raises(SourceError):
        decompress(b"x" * 11, "", most=10)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x"])
def test_encodings_we_did_not_ask_for_are_refused(encoding):
    with pytest.raises(SourceError) as caught:
        decompress(b"x", encoding)
    assert caught.value.fault.code == "unknown_encoding"


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "", "br"]))
def test_any_bytes_decompress_or_are_a_source_error(body, encoding):
    try:
        decompress(body, encoding)
    except SourceError as error:
        assert error.fault.code  # noqa: PT017


@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_decode_or_are_a_source_error(body, header):
    try:
        assert isinstance(decode_html(body, header), str)
    except SourceError as error:
        assert error.fault.code in {"undecodable", "empty_body"}  # noqa: PT017


@given(st.text(min_size=20, max_size=200), st.sampled_from(["utf-8", "gb18030"]))
def test_text_survives_without_any_label(text, encoding):
    chinese = TITLES * 2 + text.encode("utf-8", "ignore").decode().replace("\ufeff", "")

    assert decode_html(chinese.encode(encoding), "") == chinese
