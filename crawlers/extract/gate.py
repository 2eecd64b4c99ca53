"""Pages that stand before the page: a form to sign in, or to prove being human, answered with status 200.

Nothing here fills in such a form or goes round it.
"""

from __future__ import annotations

import re
from typing import Final

LOOKED_AT: Final = 65_536
"""Characters: such pages are short, and their heading stands at the top."""

_HEADING: Final = re.compile(
    r"<(?:title|h1)\b[^<>]{0,200}>[^<>]{0,60}(?:登录|登陆|安全验证|身份验证|请完成验证|人机验证|访问过于频繁"
    r"|sign in|log ?in|verify you are|are you (?:a )?human|captcha|security check|just a moment)",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"""<input\b[^<>]{0,300}\btype\s{0,3}=\s{0,3}["']?password\b|<(?:input|div|iframe|script)\b[^<>]{0,300}captcha"""
    r"""|<form\b[^<>]{0,300}\baction\s{0,3}=\s{0,3}["']?[^"'<>\s?]{0,200}(?:login|signin|passport|captcha|verify|challenge)""",
    re.IGNORECASE,
)
"""Bounded, and no tag is looked at beyond its end: linear on hostile pages."""


def is_gate(html: str) -> bool:
    """Whether a page without any structured data asks, by its heading and by a form, to sign in or for a captcha.

    One of the two alone says nothing: shops have a form to sign in, and a captcha's script, on every page.
    """
    start = html[:LOOKED_AT]
    return _HEADING.search(start) is not None and _FORM.search(start) is not None
