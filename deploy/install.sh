#!/bin/sh
# Makes the environment that the service runs in. deploy/Dockerfile and tests/house/test_deploy_run.py both run this.
#
#   install.sh packages FOLDER   a new environment in FOLDER with what requirements.lock says, byte-compiled
#   install.sh project FOLDER    this project into it, as a wheel: nothing in FOLDER points back to the source
#
# To be run in the folder that holds the locks (packages) and the source (project). Whatever builds stays out of FOLDER: pip, uv
# and hatchling are in TOOLS, an environment with requirements-bootstrap.lock, made here unless it is there (DECISIONS 37).
set -eu

TOOLS=${TOOLS:-/opt/tools}
export UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy

packages() {
    if [ ! -x "$TOOLS/bin/uv" ]; then
        python3 -m venv "$TOOLS"
        "$TOOLS/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
    fi
    python3 -m venv --without-pip "$1"
    # Wheels only: there is no compiler here, and a package that wants one should say so at once.
    "$TOOLS/bin/uv" pip install -q --python "$1/bin/python" --require-hashes --only-binary :all: -r requirements.lock
}

project() {
    wheels=$(mktemp -d)
    "$TOOLS/bin/python" -m hatchling build --target wheel --directory "$wheels" >/dev/null
    "$TOOLS/bin/uv" pip install -q --python "$1/bin/python" --no-deps "$wheels"/*.whl
    rm -r "$wheels"
}

case "${1:-}" in
    packages | project) "$1" "${2:?FOLDER is missing}" ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
