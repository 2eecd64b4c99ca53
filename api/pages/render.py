"""From a template and values to an answer. Autoescaping is on for every template; an unknown name is an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api.pages import formatting
from api.pages.addresses import product_address, web_address
from api.pages.static_files import StaticFiles
from api.pages.texts import FOLDER, Texts

TEMPLATES: Final = Path(__file__).parent / "templates"

CACHE: Final = "private, no-cache"
"""A page may be kept by the browser that got it, and must be asked for again: prices move."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What pages are made with; one per app, in ``app.state.pages``."""

    environment: Environment
    texts: Texts
    static: StaticFiles

    @classmethod
    def load(cls) -> Pages:
        """The templates, texts and files of this package."""
        texts, static = Texts.load(), StaticFiles.load()
        return cls(_environment(texts, static), texts, static)

    def html(self, template: str, now: datetime, **values: Any) -> str:
        """A template's text. `now` is what ages are counted from."""
        ages = {"age": partial(_age, now=now, texts=self.texts)}
        return self.environment.get_template(template).render(now=now, **ages, **values)


def pages_of(request: Request) -> Pages:
    """The pages this app was made with."""
    pages: Pages = request.app.state.pages
    return pages


def page(
    request: Request, template: str, *, status: int = 200, cache: str = CACHE, **values: Any
) -> Response:
    """An HTML answer."""
    app: FastAPI = request.app
    html = pages_of(request).html(template, app.state.services.clock(), path=request.url.path, **values)
    return Response(html, status, {"Cache-Control": cache}, "text/html; charset=utf-8")


def _environment(texts: Texts, static: StaticFiles) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, FOLDER / texts.language]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: dict[str, Callable[..., Any]] = {
        "code_spans": code_spans,
        "money": formatting.money,
        "number": formatting.number,
        "exact_time": formatting.exact_time,
        "web_address": web_address,
        "product_address": product_address,
    }
    environment.filters |= filters
    environment.globals |= {"t": texts, "static": static.address}
    return environment


def code_spans(text: str) -> Markup:
    """Text whose parts between backticks are code; everything is escaped."""
    parts = re.split(r"`+", text)
    marked = (
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return Markup("").join(marked)


def _age(moment: datetime, *, now: datetime, texts: Texts) -> Markup:
    """``3 分钟前`` as a time element whose title holds the exact time."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        formatting.machine_time(moment),
        texts("time.exact", time=formatting.exact_time(moment)),
        formatting.relative_time(moment, now, texts),
    )
