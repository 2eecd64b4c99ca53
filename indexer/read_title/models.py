"""Model names, in the one spelling that all ways of writing them share.

The grammars are general; which series, lines, nouns and codes there are is declared in `family/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from indexer.analyse.prepare import prepare_phrase
from indexer.read_title.blank import Span
from indexer.read_title.brand import Naming
from indexer.read_title.family.declare import SeriesGrammar, Spellings

_NO_UNIT: Final = r"(?![0-9.]|\s?-?\s?inch|\s?(?:gb?(?![a-z])|tb?(?![a-z])|英寸|寸|吋|w(?![a-z])|mah|hz|k(?![a-z])|倍|万|元(?![一-龥])|年|款|代|片|瓶|罐|袋|包|盒|箱|张|件|%|期|折|°|度|米|核|天|月|码|cm|mm|ml|kg|岁|级|匹|台|只|双|个|条|抽|卷|斤|克|升|毫|/[0-9]))"
"""What must not follow a figure that is to be a model: it would be an amount."""


_NO_CODE: Final = r"(?:mp[34]|usb|wifi|ip[0-9x]|bt[0-9]|type|hdmi|rtx|ddr|android)"
"""Code-like words that are standards, not models."""
_CODE_LIKE: Final = (
    rf"(?P<word>[a-z]{{2,10}}\s)?(?!{_NO_CODE})"
    r"(?P<code>[a-z]{1,4}-?[0-9]{1,4}[a-z]{0,2}|[0-9]{1,3}(?=\s?(?:pro|max|ultra|plus)(?![a-z])))"
)


GUESSED: Final = "code behind the brand"
"""The rule of a model that is only guessed: it may be the part number of one that has a name."""


class ModelFound(NamedTuple):
    """A model in canonical spelling, where it is named, and how sure that is."""

    model: str
    span: Span
    rule: str
    confidence: int
    rivals: tuple[str, ...] = ()
    """Other models named beside it: a list to choose from."""


# ── series and figure: iPhone 15 Pro Max ─────────────────────────────────────────────────────────


class SeriesReader:
    """A family's series grammar, compiled brand by brand on first use."""

    def __init__(self, grammar: SeriesGrammar) -> None:
        self._grammar = grammar
        self._suffixes = tuple(_suffix(entry) for entry in grammar.suffixes)
        suffixes = "|".join(f"(?:{pattern.pattern})" for pattern, _ in self._suffixes) or "(?!)"
        self._tail = rf"(?P<suffixes>(?:\s?(?:{suffixes}))*)"
        self._figure = rf"(?P<figure>{grammar.figure})(?:{grammar.glued}|(?![a-z0-9]){_NO_UNIT})"
        self._figure_before_suffix = rf"(?P<figure2>{grammar.figure.replace('[a-z]{0,2}', '').replace('[a-z]{0,3}', '')})(?=(?:\s?(?:{suffixes})))"
        self._figure_behind = _adjacent(rf"{self._figure_or_suffixed()}{self._tail}")
        self._code_behind = _adjacent(rf"{_CODE_LIKE}(?![a-z0-9]){_NO_UNIT}{self._tail}")
        self._of_brand = lru_cache(maxsize=512)(self._compiled)
        self._names_of = lru_cache(maxsize=512)(self._suffix_names)

    def best(
        self, found: Sequence[tuple[str, Span]], text: str, *, is_choice: bool = False
    ) -> ModelFound | None:
        """The one model that `found` names in `text`, with its rivals. `is_choice`: several memory sizes are named as well."""
        complete = self._grammar.figures_are_complete
        return best_of(found, ("" if is_choice else text) if complete else None)

    def find(self, text: str, brand: str) -> list[tuple[str, Span]]:
        """Every model of `brand` named with its series in prepared text, in order."""
        pattern, canonical = self._of_brand(brand)
        if pattern is None:
            return []
        found = []
        for match in pattern.finditer(text):
            series = canonical[_squeezed(match["series"])]
            figure = match["figure"] or match["figure2"]
            if figure or series in self._grammar.bare:
                found.append(
                    (self._named(series, figure, match["suffixes"], brand), _trimmed(text, match.span()))
                )
        return found

    def behind(self, text: str, namings: Iterable[Naming]) -> tuple[str, Span] | None:
        """The model that follows a brand directly: 小米14 Ultra, 一加 12, and for unlisted brands Q5 Pro."""
        for naming in namings:
            series = self._grammar.adjacent.get(naming.brand)
            if series is not None and not naming.is_line:
                match = self._figure_behind.match(text, naming.end)
                if match:
                    model = self._named(
                        series, match["figure"] or match["figure2"], match["suffixes"], naming.brand
                    )
                    return model, _trimmed(text, (match.start("model"), match.end()))
        return None

    def in_field(self, text: str, brand: str, namings: Sequence[Naming]) -> ModelFound | None:
        """The model in a field that holds nothing but a model's name, with or without the brand before it."""
        start = [*namings, Naming(brand, 0, 0, is_line=False, is_certain=True)]
        found = self.find(text, brand)
        first = self.behind(text, start)
        return self.best([*found, first] if first else found, text) or self.guess(text, start)

    def guess(self, text: str, namings: Sequence[Naming]) -> ModelFound | None:
        """What looks like a code directly behind a brand: a model only as long as nothing else names one."""
        found = self.code_behind(text, namings)
        return None if found is None else ModelFound(*found, GUESSED, 65)

    def code_behind(self, text: str, namings: Sequence[Naming]) -> tuple[str, Span] | None:
        """A code-like word directly behind a brand whose series are not listed: 青竹 Q5 Pro."""
        if not self._grammar.any_brand:
            return None
        for naming in namings:
            match = self._code_behind.match(text, naming.end)
            if match and not any(other.start == match.start("word") for other in namings):
                word = (match["word"] or "").strip().capitalize()
                head = " ".join(part for part in (word, match["code"].upper()) if part)
                span = _trimmed(text, (match.start("model"), match.end()))
                return self._with_suffixes(head, match["suffixes"]), span
        return None

    def _figure_or_suffixed(self) -> str:
        return rf"(?:{self._figure_before_suffix}|{self._figure})"

    def _compiled(self, brand: str) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
        spellings = self._grammar.series.get(brand)
        if not spellings:
            return None, {}
        canonical = {
            _squeezed(prepare_phrase(w)): name
            for name, others in spellings.items()
            for w in (name, *others)
            if w
        }
        alternatives = "|".join(_spaced(prepare_phrase(w)) for w in _longest_first(spellings))
        pattern = re.compile(
            rf"(?:(?<![a-z0-9.])|(?=[㐀-鿿]))(?P<series>{alternatives})(?:(?:\s?-?\s?|\s?\(\s?){self._figure_or_suffixed()}\)?|(?![a-z0-9])){self._tail}"
        )
        return pattern, canonical

    def _named(self, series: str, figure: str | None, suffixes: str, brand: str) -> str:
        figure = _figure(figure or "", lower=brand in self._grammar.lower_figure)
        series = "" if series in self._grammar.silent else series
        glued = not series or (series[-1].isascii() and (len(series) == 1 or series[-2] == " "))
        head = f"{series}{figure}" if glued or not figure else f"{series} {figure}"
        return self._with_suffixes(head, suffixes)

    def _with_suffixes(self, head: str, written: str) -> str:
        return " ".join([part for part in (head, *self._names_of(written)) if part]) if written else head

    def _suffix_names(self, written: str) -> list[str]:
        names = []
        rest = written.strip()
        while rest:
            match, name = next(((m, n) for p, n in self._suffixes if (m := p.match(rest))), (None, ""))
            if match is None or not match[0]:
                break
            names.append(match[0].strip().upper() if name == "#" else name)
            rest = rest[match.end() :].strip()
        return names


def _suffix(entry: str) -> tuple[re.Pattern[str], str]:
    written, _, name = entry.rpartition("=")
    latin_end = (written[-1].isalpha() and written[-1].isascii()) or written.endswith((")", "}", "%"))
    return re.compile(rf"(?:{written}){'(?![a-z])' if latin_end and '|' not in written else ''}"), name


def _adjacent(model: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\s)(]{{0,4}}(?:手机|电视|耳机|笔记本)?\s{{0,3}}(?P<model>(?![45]g(?![a-z0-9])|[0-9]{{1,2}}\s?成?新(?!款)){model})"
    )


def _figure(written: str, *, lower: bool) -> str:
    """``2代``, ``第2代`` -> 2; letters behind a figure in one case."""
    plain = written.replace("第", "").replace("代", "").replace(" ", "")
    return plain if lower else plain.upper()


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("-", "")  # prepared text has no other space


def _spaced(phrase: str) -> str:
    """A pattern for `phrase` in which spaces are optional and hyphens may be spaces."""
    return r"[\s-]?".join(re.escape(part) for part in re.split(r"[\s-]", phrase) if part)


def _longest_first(spellings: Spellings) -> list[str]:
    words = [word for name, others in spellings.items() for word in (name, *others) if word]
    return sorted(words, key=len, reverse=True)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    return start, start + len(text[start:end].rstrip())


# ── choosing ─────────────────────────────────────────────────────────────────────────────────────


_LIST_SIGN = re.compile(r"[\s()]*[/、,|&+和与或及]\s*(?:[a-z]{2,9}|[一-鿿]{1,4})?\s*")


def best_of(found: Sequence[tuple[str, Span]], text: str | None) -> ModelFound | None:
    """The longest of models of which each is the beginning of the next; others are rivals.

    With `text`, a name that ends in a figure is another model where it stands in a list (iPhone 16/16 Plus); elsewhere it
    is only said once more (Note 13 Pro+ … 红米note13手机). With an empty text it always is another one.
    """
    if len(found) > 1:
        found = [entry for entry in found if not any(_is_inside(entry[1], other[1]) for other in found)]
    if not found:
        return None
    model, span = max(found, key=lambda entry: len(entry[0]))
    spans = [other for _, other in found]
    rivals = dict.fromkeys(
        name
        for name, at in found
        if not _is_beginning(
            name,
            model,
            figures_are_complete=text is not None and (not text or _is_listed(text, at, spans)),
        )
    )
    return ModelFound(model, span, "series and figure", 95, tuple(rivals))


def _is_listed(text: str, at: Span, spans: Sequence[Span]) -> bool:
    """Whether only a sign of lists stands between the model `at` and the next one, before or behind it."""
    return any(
        _LIST_SIGN.fullmatch(text, min(at[1], other[1]), max(at[0], other[0]))
        for other in spans
        if other != at
    )


def _is_inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def _is_beginning(name: str, model: str, *, figures_are_complete: bool) -> bool:
    if name == model:
        return True
    words = name.casefold().split()
    is_beginning = words == model.casefold().split()[: len(words)]
    return is_beginning and not (figures_are_complete and any(c.isdigit() for c in name))


# ── lines, nouns, codes, places ──────────────────────────────────────────────────────────────────


class NounReader:
    """A family's nouns; the longest one names the goods when no line does."""

    def __init__(self, nouns: Spellings) -> None:
        self._canonical = {prepare_phrase(w): name for name, others in nouns.items() for w in (name, *others)}
        words = sorted(self._canonical, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, words)) or "(?!)")

    def find(self, text: str) -> ModelFound | None:
        """The most specific noun in prepared text; the first of equals."""
        best = max(
            self._pattern.finditer(text), key=lambda match: (len(match[0]), -match.start()), default=None
        )
        if best is None:
            return None
        return ModelFound(self._canonical[best[0]], best.span(), "noun", 60)


def codes_in(text: str, pattern: re.Pattern[str]) -> list[tuple[str, Span]]:
    """Every code that `pattern` finds in prepared text: its group 1, or all of it."""
    return [(match[1] if pattern.groups else match[0], match.span()) for match in pattern.finditer(text)]


_WORD = re.compile(r"[^\s()/,.\-]+")
_PLACED = re.compile(r"[a-z0-9+]{0,6}[一-鿿][一-鿿a-z0-9+]{1,7}")
_PACKAGING: Final = frozenset(
    {"整箱", "整箱装", "礼盒", "礼盒装", "罐装", "盒装", "袋装", "瓶装", "箱装", "组合装", "组合"}
)


def line_between(text: str, namings: Sequence[Naming], before: re.Pattern[str]) -> ModelFound | None:
    """An unlisted line, told by its place: the one word between the brand and what `before` finds."""
    if not namings:
        return None
    found = word_between(text, max(naming.end for naming in namings[:2]), before)
    if found is None:
        return None
    return ModelFound(found[0].upper(), found[1], "one word between brand and stage or strength", 55)


def word_between(text: str, start: int, before: re.Pattern[str]) -> tuple[str, Span] | None:
    """The one word between `start` and what `before` finds next; None for none and for several."""
    stop = before.search(text, start)
    words = list(_WORD.finditer(text, start, stop.start())) if stop else []
    if len(words) != 1 or words[0][0] in _PACKAGING or not _PLACED.fullmatch(words[0][0]):
        return None
    return words[0][0], words[0].span()
