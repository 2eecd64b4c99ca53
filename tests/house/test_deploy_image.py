"""The image, as deploy/Dockerfile says it: what hadolint asks for, and least privilege (reliability row 39).

Each rule is written with what breaks it: a violation of each is planted and seen caught, as in `test_walls.py`.
How its contents run is in `test_deploy_run.py`.
"""

from __future__ import annotations

import re

import pytest

from tests.support.deploy_files import (
    DEPLOY,
    NOBODY,
    SECRET,
    Instruction,
    all_of,
    environment_of,
    every_setting,
    has_version,
    stages,
)


def dockerfile():
    return stages((DEPLOY / "Dockerfile").read_text("utf-8"))


def bases(image):
    names = {stage[0].text.split()[-1] for stage in image if " AS " in stage[0].text}
    return [base for stage in image if (base := stage[0].text.split()[0]) not in names]


def texts(stage, name):
    return [one.text for one in all_of(stage, name)]


def builds_in(stage):
    run = " ".join(texts(stage, "RUN"))
    return re.findall(r"\b(?:gcc|g\+\+|build-essential|pip install|uv pip|apt-get install|apk add|curl|wget|git)\b", run)  # fmt: skip


DOCKERFILE = {
    "bases are pinned to a version": (
        lambda image: [base for base in bases(image) if not has_version(base) or base.endswith("latest")],
        lambda image: image[1].__setitem__(0, Instruction("FROM", "python:latest")),
    ),
    "building and running are apart": (
        lambda image: [] if len(image) > 1 else ["one stage"],
        lambda image: image.pop(0),
    ),
    "the result comes from the base, with one environment copied": (
        lambda image: [] if texts(image[-1], "COPY")[0] == "--from=builder /opt/bijia /opt/bijia" else ["COPY"],
        lambda image: image[-1].insert(1, Instruction("COPY", ". /source")),
    ),
    "the result installs and builds nothing": (
        lambda image: builds_in(image[-1]),
        lambda image: image[-1].append(Instruction("RUN", "apt-get update && apt-get install -y gcc")),
    ),
    "pip of the base is taken away": (
        lambda image: [] if "site-packages/*" in " ".join(texts(image[-1], "RUN")) else ["pip stays"],
        lambda image: image[-1].remove(all_of(image[-1], "RUN")[0]),
    ),
    "a package list is never left behind": (
        lambda image: [
            text
            for stage in image
            for text in texts(stage, "RUN")
            if "apt-get update" in text and "rm -rf /var/lib/apt/lists" not in text
        ],
        lambda image: image[0].append(Instruction("RUN", "apt-get update && apt-get install -y tini")),
    ),
    "nothing is fetched by ADD": (
        lambda image: [text for stage in image for text in texts(stage, "ADD")],
        lambda image: image[0].append(Instruction("ADD", "https://example.org/a.tar.gz /")),
    ),
    "nobody runs it, by number": (
        lambda image: [] if texts(image[-1], "USER")[-1:] == [f"{NOBODY}:{NOBODY}"] else ["USER"],
        lambda image: image[-1].append(Instruction("USER", "root")),
    ),
    "nothing is done as root after that": (
        lambda image: [
            one.name
            for one in image[-1][image[-1].index(all_of(image[-1], "USER")[-1]) :]
            if one.name in {"RUN", "COPY", "ADD"}
        ],
        lambda image: image[-1].append(Instruction("RUN", "true")),
    ),
    "commands are in exec form": (
        lambda image: [
            one.text
            for one in image[-1]
            if (one.name in {"CMD", "ENTRYPOINT"} and not one.text.startswith("["))
            or (one.name == "HEALTHCHECK" and "CMD [" not in one.text)
        ],
        lambda image: image[-1].append(Instruction("CMD", "bijia serve")),
    ),
    "it says how to see whether it is well": (
        lambda image: [] if all_of(image[-1], "HEALTHCHECK") else ["HEALTHCHECK"],
        lambda image: image[-1].remove(all_of(image[-1], "HEALTHCHECK")[0]),
    ),
    "it is ended by SIGTERM": (
        lambda image: [] if texts(image[-1], "STOPSIGNAL") == ["SIGTERM"] else ["STOPSIGNAL"],
        lambda image: image[-1].append(Instruction("STOPSIGNAL", "SIGKILL")),
    ),
    "/data is the one volume, and where it works": (
        lambda image: (
            []
            if (texts(image[-1], "VOLUME"), texts(image[-1], "WORKDIR")) == (['["/data"]'], ["/data"])
            else ["VOLUME"]
        ),
        lambda image: image[-1].append(Instruction("VOLUME", '["/opt"]')),
    ),
    "no secret is in it": (
        lambda image: [
            name for stage in image for name in environment_of(stage) if SECRET.search(name)
        ],
        lambda image: image[-1].append(Instruction("ENV", "BIJIA_ADMIN_KEY=abc")),
    ),
    "its settings exist": (
        lambda image: [
            name
            for name in environment_of(image[-1])
            if name.startswith("BIJIA_") and name not in every_setting()
        ],
        lambda image: image[-1].append(Instruction("ENV", "BIJIA_PORTS=8000")),
    ),
    "what is copied is there and let through": (
        lambda image: [
            source
            for stage in image
            for text in texts(stage, "COPY")
            if "--from" not in text
            for source in [word for word in text.split() if not word.startswith("--")][:-1]
            if not (DEPLOY.parent / source).exists() or f"!{source}" not in let_through()
        ],
        lambda image: image[0].append(Instruction("COPY", "tests tests")),
    ),
}  # fmt: skip
"""Rule -> (what breaks it, how it is broken on purpose)."""


def let_through():
    return (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()


@pytest.mark.parametrize("rule", DOCKERFILE)
def test_the_image(rule):
    complaints, _ = DOCKERFILE[rule]

    assert complaints(dockerfile()) == []


@pytest.mark.parametrize("rule", DOCKERFILE)
def test_a_planted_breach_of_the_image_is_caught(rule):
    complaints, plant = DOCKERFILE[rule]
    image = dockerfile()
    plant(image)

    assert complaints(image)


def test_everything_else_stays_out_of_the_build():
    assert "*" in let_through()
    assert {line for line in let_through() if line.startswith("!deploy")} == {
        "!deploy/install.sh",
        "!deploy/healthcheck.py",
    }
