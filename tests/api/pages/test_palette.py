"""Every pair of colours that carries text has a contrast of 4.5 to 1 at least, in both schemes."""

from __future__ import annotations

import re

import pytest

from api.pages.static_files import FOLDER

CSS = (FOLDER / "bijia.css").read_text("utf-8")
ON_ANY = ("page", "card", "sunk")
PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "link", "on-best", "on-warn", "bad") for ground in ON_ANY],
    ("on-best", "best"), ("on-warn", "warn"), ("on-link", "link"),
]  # fmt: skip
"""(text, background)."""


def palette(scheme):
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6,8}), (#[0-9a-f]{6,8})\)", CSS)
    return {name: dark if scheme == "dark" else light for name, light, dark in pairs if name != "dot"}


def luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_readable(scheme, ink, ground):
    colours = palette(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_fields_dots_and_lines_can_be_seen(scheme):
    card = palette(scheme)["card"]
    dots = re.findall(r"--dot: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
    seen = [palette(scheme)["edge"], *(dark if scheme == "dark" else light for light, dark in dots)]
    assert len(seen) > 8
    assert all(contrast(colour, card) >= 3 for colour in seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_seal_carries_white(scheme):
    assert contrast(palette(scheme)["seal"], "#ffffff") >= 4.5


def test_colours_are_only_given_in_the_palette():
    rules = re.sub(r"(?m)^\s*--.*$|^\.mp-.*$|/\*.*?\*/", "", CSS)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;, ])", rules)) == {"#fff"}
