"""deploy/.env.example tells every setting there is, as the code has it; deploy/compose.yaml uses what it tells."""

from __future__ import annotations

import re
import subprocess

from tests.support.deploy_files import DEPLOY, VARIABLE, every_setting


def example():
    return (DEPLOY / ".env.example").read_text("utf-8")


def exampled():
    return dict(re.findall(r"^#([A-Z][A-Z0-9_]*)=(.*)$", example(), re.MULTILINE))


def test_every_setting_is_in_the_example_with_its_default():
    assert {name: value for name, value in exampled().items() if name.startswith("BIJIA_")} == every_setting()


def test_every_variable_of_compose_is_in_the_example_with_its_default():
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    used = {}
    for name, sign, value in VARIABLE.findall(text):
        if not name.startswith("BIJIA_"):
            used[name] = (value if sign == "-" else "") or used.get(name, "")

    assert {name: value for name, value in exampled().items() if not name.startswith("BIJIA_")} == used


def test_every_setting_in_the_example_is_explained_and_none_is_set():
    lines = example().splitlines()
    told_by = []
    for number, line in enumerate(lines):
        if re.match(r"#[A-Z]", line):
            paragraph = lines[: number + 1]
            start = max(i for i, one in enumerate(paragraph) if not one.strip())
            told_by.append((line, any(one.startswith("# ") for one in paragraph[start:])))

    assert [line for line, is_explained in told_by if not is_explained] == []
    assert [line for line in lines if line.strip() and not line.startswith("#")] == []


def test_a_filled_example_stays_out_of_version_control():
    ignored = subprocess.run(["git", "check-ignore", "-q", DEPLOY / ".env"], cwd=DEPLOY, check=False)

    assert ignored.returncode == 0
