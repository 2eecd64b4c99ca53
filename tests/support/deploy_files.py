"""deploy/ as data: the Dockerfile's instructions, compose.yaml as compose reads it, the manifests as kustomize builds them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from api.settings import ServiceSettings
from crawlers.registry import sources
from crawlers.settings import DEFAULT_RATE, CrawlSettings

DEPLOY = Path(__file__).parents[2] / "deploy"
NOBODY = "65532"
"""The user and group of the image."""

TMP = "/tmp"  # noqa: S108 - a place in containers
SECRET = re.compile(r"PASSWORD|_KEY$|SECRET|_PID$|ADZONE")
"""Names of what is not written into a file that is shared."""


@dataclass(frozen=True)
class Instruction:
    """One line of a Dockerfile, continuation lines joined."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """Of the exec form, or of the text."""
        return json.loads(self.text) if self.text.startswith("[") else self.text.split()


def stages(text: str) -> list[list[Instruction]]:
    """A Dockerfile's stages, each beginning with its FROM; ARGs before the first are filled in."""
    arguments: dict[str, str] = {}
    found: list[list[Instruction]] = []
    for one in _instructions(text):
        if one.name == "ARG" and not found:
            name, _, default = one.text.partition("=")
            arguments[name] = default
        elif one.name == "FROM":
            filled = re.sub(r"\$\{(\w+)\}", lambda m: arguments[m[1]], one.text)
            found.append([Instruction("FROM", filled)])
        else:
            found[-1].append(one)
    return found


def all_of(stage: list[Instruction], name: str) -> list[Instruction]:
    """A stage's instructions of one name."""
    return [one for one in stage if one.name == name]


def environment_of(stage: list[Instruction]) -> dict[str, str]:
    """What a stage's ENV set."""
    return dict(pair.split("=", 1) for one in all_of(stage, "ENV") for pair in one.text.split())


def _instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, _, rest = line.strip().partition(" ")
        yield Instruction(name.upper(), rest.strip())


def compose(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """compose.yaml with merges and variables resolved, as `docker compose config` would show it."""
    (loaded,) = _documents(DEPLOY / "compose.yaml")
    found: dict[str, Any] = _filled(loaded, environment or {})
    return {key: value for key, value in found.items() if not key.startswith("x-")}


VARIABLE = re.compile(r"\$\{(\w+)(?::([-+])([^}]*))?\}")


def _filled(value: Any, environment: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, environment) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, environment) for one in value]
    if not isinstance(value, str):
        return value
    return VARIABLE.sub(lambda m: _value_of(environment.get(m[1], ""), m[2], m[3] or ""), value)


def _value_of(given: str, sign: str | None, other: str) -> str:
    if sign == "+":
        return other if given else ""
    return given or (other if sign == "-" else "")


def _documents(path: Path) -> list[Any]:
    """A YAML file's documents, to be changed at will."""
    return copy.deepcopy(_parsed(path))


@cache
def _parsed(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text("utf-8")))


def kustomization(folder: str) -> dict[str, Any]:
    """The kustomization of deploy/kubernetes/`folder`."""
    return _documents(DEPLOY / "kubernetes" / folder / "kustomization.yaml")[0]


def manifests(folder: str) -> list[dict[str, Any]]:
    """What `kustomize build` gives, as far as we use it: resources, `$patch: delete`, images, namespace."""
    given = kustomization(folder)
    where = DEPLOY / "kubernetes" / folder
    found: list[dict[str, Any]] = []
    for name in given["resources"]:
        path = (where / name).resolve()
        found += manifests(path.name) if path.is_dir() else _documents(path)
    deleted = {
        (patch["kind"], patch["metadata"]["name"])
        for one in given.get("patches", ())
        for patch in yaml.safe_load_all(one["patch"])
    }
    images = {
        one["name"]: f"{one.get('newName', one['name'])}:{one['newTag']}" for one in given.get("images", ())
    }
    kept = [one for one in found if (one["kind"], one["metadata"]["name"]) not in deleted]
    for one in kept:
        if "namespace" in given and one["kind"] != "Namespace":
            one["metadata"]["namespace"] = given["namespace"]
        for container in containers(one):
            name = container["image"].partition(":")[0]
            container["image"] = images.get(name, container["image"])
    return kept


def pod_spec(manifest: Mapping[str, Any]) -> dict[str, Any] | None:
    """The pod of a workload; None of anything else."""
    spec = manifest.get("spec", {})
    for key in ("jobTemplate", "template"):
        if key in spec:
            spec = spec[key]["spec"]
    return spec if "containers" in spec else None


def containers(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A workload's containers, those of its start included."""
    pod = pod_spec(manifest)
    return [] if pod is None else [*pod.get("initContainers", ()), *pod["containers"]]


def has_version(image: str) -> bool:
    """Whether an image is named with a version or a digest."""
    return "@sha256:" in image or re.search(r":v?\d", image) is not None


def every_setting() -> dict[str, str]:
    """Every setting there is: name -> default, as text."""
    found = {
        f"BIJIA_{name.upper()}": _told(field.default)
        for settings in (ServiceSettings, CrawlSettings)
        for name, field in settings.model_fields.items()
    }
    return found | marketplace_settings()


def marketplace_settings() -> dict[str, str]:
    """Those of each marketplace."""
    found: dict[str, str] = {}
    for slug, source in sources().items():
        rate, concurrency = DEFAULT_RATE[source.marketplace.kind]
        own = {"base_url": source.default_base_url} | dict.fromkeys(source.credential_names, "")
        own |= {"requests_per_second": f"{rate:g}", "concurrent_requests": str(concurrency)}
        found |= {f"BIJIA_{slug.upper()}_{name.upper()}": default for name, default in own.items()}
    return found


def _told(default: Any) -> str:
    return str(default.get_secret_value() if hasattr(default, "get_secret_value") else default)
