"""Pages that stand before the page: a form to sign in, or to prove being human, answered with status 200.

Not what such a page wants of us: nothing here fills in a form or goes round one.
"""

from __future__ import annotations

import re
from typing import Final

_GATE: Final = re.compile(
    r"""<input\b[^>]{0,300}\btype\s*=\s*["']?password\b"""
    r"""|<(?:input|div|iframe|script)\b[^>]{0,300}(?:captcha|geetest|nocaptcha)"""
    r"""|<form\b[^>]{0,300}\baction\s*=\s*["']?[^"'\s>]{0,200}(?:login|signin|passport|captcha|verify|challenge)""",
    re.IGNORECASE,
)
"""Bounded repetition: linear on hostile pages."""


def is_gate(html: str) -> bool:
    """Whether a page on which no product was found asks to sign in or for a captcha.

    Of other pages it says nothing: shops have forms to sign in on product pages too.
    """
    return _GATE.search(html) is not None
