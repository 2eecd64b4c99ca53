"""The words on the pages, by language: `texts/<language>/words.toml` and the long texts beside it.

Templates and code name a text by its key and never hold one themselves, so another language is another folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "texts"
LANGUAGE: Final = "zh-CN"


class Texts:
    """The words of one language."""

    def __init__(self, language: str, tables: Mapping[str, Mapping[str, str]]) -> None:
        """`tables` maps a subject to its texts."""
        self.language: Final = language
        self._tables = tables

    @classmethod
    def load(cls, language: str = LANGUAGE) -> Texts:
        """The words in this language's folder."""
        tables: dict[str, Any] = tomllib.loads((FOLDER / language / "words.toml").read_text("utf-8"))
        return cls(language, tables)

    def __call__(self, key: str, **values: object) -> str:
        """The text ``subject.name`` with `values` put into its braces.

        Raises:
            KeyError: there is no such text; a test looks up every key that templates and code name.
        """
        subject, _, name = key.partition(".")
        text = self._tables[subject][name]
        return text.format(**values) if values else text

    def word(self, subject: str, value: str) -> str:
        """What `value` of a fixed list (conditions, rules, attributes …) is called; unknown ones by themselves."""
        return self._tables[subject].get(value, value)

    def known(self, subject: str, value: str) -> bool:
        """Whether `value` has a word of its own."""
        return value in self._tables[subject]

    def subject(self, name: str) -> Mapping[str, str]:
        """All texts of a subject."""
        return self._tables[name]
