"""Laws: readings do not depend on width, case, script, spacing or promises; no text makes the reader fail."""

import random
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.product import Kind
from indexer.read_title.reader import TitleReader
from tests.indexer.read_title.canonical import canonical_name
from tests.indexer.read_title.conftest import cases

pytestmark = pytest.mark.slow

TITLES = [case["title"] for name in ("title_vectors.jsonl", "own_titles.jsonl") for case in cases(name)]
STRANGERS = [case["title"] for case in cases("fresh_titles.jsonl")]
COMPARED = (
    "kind", "family", "brand", "model", "quantity", "pack_count", "total", "condition", "region_version",
    "is_bundle", "variant", "mpns", "gtins",
    "accessory_for", "missing", "split",
)  # fmt: skip
PROMISES = (
    "包邮", "假一赔十", "【百亿补贴】", "顺丰发货", "限时特惠", "官方正品", "小程序专享", "前100名半价", "30分钟达", "满300减50", "第二件半价",
    "🔥直播间专享🔥", "7天无理由退换", "定金50抵100",
    "免费送货上门", "12期免息", "送运费险", "全国联保", "月销10万+", "2件8折", "到手价99元",
)  # fmt: skip
# Appended to these, a promise would be read as part of what the title itself says last.
NOT_AFTER = {"送", "赠"}


def what(reading):
    return {name: getattr(reading, name) for name in COMPARED}


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text)


TRADITIONAL = opencc.OpenCC("s2t")
WRITINGS = {
    "compatibility forms": lambda text: unicodedata.normalize("NFKC", text),
    "full width": full_width,
    "upper case": str.upper,
    "lower case": str.lower,
    "traditional": TRADITIONAL.convert,
    "spaces": lambda text: "  " + text.replace(" ", " \t ") + " ",
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_ways_of_writing_change_nothing(reader, writing):
    for title in TITLES:
        assert what(reader.read_text(writing(title))) == what(reader.read_text(title)), title


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_never_evidence(reader, promise):
    for title in TITLES[:: len(PROMISES) // 5]:
        expected = what(reader.read_text(title))

        assert what(reader.read_text(f"{promise} {title}")) == expected, title
        if NOT_AFTER.isdisjoint(title):
            assert what(reader.read_text(f"{title} {promise}")) == expected, title


def test_a_canonical_name_reads_as_what_it_names(reader):
    known = [reader.read_text(title) for title in TITLES]
    complete = [r for r in known if r.kind is Kind.GOODS and r.brand and r.split.model_identifies and r.model]
    again = [reader.read_text(canonical_name(reading, reader.lexicon)) for reading in complete]

    assert len(complete) > 150
    unlike = [
        canonical_name(r, reader.lexicon)
        for r, a in zip(complete, again, strict=True)
        if a.identity() != r.identity()
    ]
    assert unlike == []


def test_total_is_size_times_packs(reader):
    for title in TITLES:
        reading = reader.read_text(title)
        if reading.quantity and reading.total:
            assert reading.total.amount == reading.quantity.amount * reading.pack_count


def check(reading):
    assert reading.identity().kind is reading.kind
    assert reading.pack_count >= 1
    if reading.quantity and reading.total and not reading.is_bundle:
        assert reading.total.amount == reading.quantity.amount * reading.pack_count
    assert reading.variant == tuple(sorted(reading.variant))
    assert all(gtin.is_identity for gtin in reading.gtins)


FRAGMENTS = sorted(
    {word for title in TITLES for word in title.split()}
    | set("送赠买一二三*×x+/()【】-.°#%、0123456789瓶罐箱片段度克gml号码年新")
)
ANY_TITLE = st.one_of(
    st.text(st.characters(), max_size=120), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
)


@given(ANY_TITLE)
def test_no_text_makes_the_reader_fail(text):
    check(shared().read_text(text))


@pytest.mark.slow
@settings(max_examples=2_000)
@given(ANY_TITLE)
def test_no_text_makes_the_reader_fail_at_length(text):
    reading = shared().read_text(text)

    check(reading)
    canonical_name(reading, shared().lexicon)


@pytest.mark.slow
def test_a_hundred_thousand_texts_are_read_without_failing():
    """Pieces of titles, any characters of Unicode and both mixed: seeded anew each run, the seed is told when it fails."""
    seed = random.SystemRandom().getrandbits(32)
    dice = random.Random(seed)
    pieces = [*FRAGMENTS, *(word for title in STRANGERS for word in title.split()), *AWKWARD]
    for number in range(FUZZED):
        text = fuzzed(dice, pieces)
        try:
            check(shared().read_text(text))
        except Exception as error:
            raise AssertionError(f"seed {seed}, text {number}: {text!r}") from error


FUZZED = 100_000
AWKWARD = (
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ud800",
    "\x00",
    "ﷺ",
    "½",
    "㎏",
    "①",
    "Ⅻ",
    "🇨🇳",
    "e\u0301",
    "ǆ",
    "ß",
    "İ",
    "٣",
    "²",
    "…",
)


def fuzzed(dice, pieces):
    """One text: words of titles, characters of anywhere, or words cut up and glued together."""
    kind = dice.random()
    if kind < 0.2:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(dice.randrange(40)))
    words = dice.choices(pieces, k=dice.randrange(1, 12))
    if kind < 0.6:
        return dice.choice(("", " ", "/", "*", "+")).join(words)
    return "".join(
        word[dice.randrange(len(word) + 1) :] + chr(dice.randrange(0x20, 0x3000)) for word in words
    )


_SHARED = []


def shared():
    """One reader for hypothesis' many calls, made on first use."""
    if not _SHARED:
        _SHARED.append(TitleReader(cache_size=0))
    return _SHARED[0]


@pytest.mark.parametrize(
    "piece",
    [
        "*1",
        "9",
        "(",
        "a1",
        "1瓶",
        "苹果",
        "+",
        "送",
        "适用",
        "1+",
        "128g/",
        "买1送1",
        "e\u0301",
        "《",
        "97-",
        "fits",
        "定金",
    ],
)
def test_long_text_costs_no_more_than_a_thousand_characters(piece):
    reader = shared()
    started = time.process_time()
    reader.read_text(piece * 100_000)

    assert time.process_time() - started < 1.0  # 20 ms measured; quadratic work would take minutes


def test_threads_share_a_reader(reader):
    expected = [reader.read_text(title) for title in TITLES]
    fresh = TitleReader()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fresh.read_text, TITLES * 2)) == expected * 2


def test_equal_words_are_read_once():
    reader = TitleReader(cache_size=2)

    assert reader.read_text("iPhone 15 128G") is reader.read_text("iPhone 15 128G")
