# Shared by the scripts of this folder; sourced from the project's root, never run by itself.
# shellcheck shell=bash

readonly OLDEST_PYTHON=3.11
# Without bytecode each start takes seconds longer; other Python settings of the caller may mislead ours.
unset PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX PYTHONHOME PYTHONPATH VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }

fail() {
    printf '%s: %s\n' "scripts/${0##*/}" "$*" >&2
    exit 1
}

is_root() { [[ "$(id -u)" == 0 ]]; }

# fingerprint FILE...: changes when one of the files or this folder's Python does.
fingerprint() {
    local file
    for file in "$@"; do [[ -e "$file" ]] && sha256sum <"$file"; done | sha256sum | cut -c1-32
}

# apt_install PACKAGE...: from the system's packages; only root can, others are told what is missing.
apt_install() {
    command -v apt-get >/dev/null || return 1
    is_root || return 1
    mkdir -p .cache
    say "Installing $* from the system's packages"
    if [[ -z "${APT_UPDATED:-}" ]]; then
        apt-get update -qq >.cache/apt.log 2>&1 || say "apt-get update failed; trying with the lists at hand"
        APT_UPDATED=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
        >>.cache/apt.log 2>&1 </dev/null
}

new_enough() { "$1" -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; }

# find_python: sets PYTHON to a Python that is new enough and can make virtual environments.
find_python() {
    [[ -n "${PYTHON:-}" ]] && return
    local name seen=""
    if [[ -x .venv/bin/python ]] && new_enough .venv/bin/python; then
        PYTHON=.venv/bin/python
        return
    fi
    command -v python3 >/dev/null || apt_install python3 python3-venv ||
        fail "Python is missing: install python3 ($OLDEST_PYTHON or newer) and python3-venv, then run this again."
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null || continue
        if new_enough "$name"; then
            PYTHON=$(command -v "$name")
            return
        fi
        seen="${seen:-$("$name" -c 'import platform; print(platform.python_version())')}"
    done
    fail "Python $OLDEST_PYTHON or newer is needed, and this machine has $seen."
}

# make_venv FOLDER
make_venv() {
    find_python
    if ! "$PYTHON" -c "import ensurepip, venv" 2>/dev/null; then
        apt_install python3-venv && "$PYTHON" -c "import ensurepip, venv" 2>/dev/null ||
            fail "Python's venv module is missing: install the package python3-venv, then run this again."
    fi
    "$PYTHON" -m venv --clear "$1" || fail "The virtual environment $1 could not be made."
}

# ensure_venv: .venv exists and its Python works.
ensure_venv() {
    if [[ -d .venv ]] && .venv/bin/python -c "import pip" 2>/dev/null && new_enough .venv/bin/python; then
        return
    fi
    rm -rf .venv
    PYTHON=""
    find_python
    say "Making .venv with $("$PYTHON" --version)"
    make_venv .venv
}

# ensure_uv: the quick installer, in .venv; pip does its work where it cannot be had.
ensure_uv() {
    ensure_venv
    mkdir -p .cache
    .venv/bin/python -c "import uv" 2>/dev/null ||
        .venv/bin/python -m pip install -q --require-hashes -r scripts/uv.txt >.cache/uv.log 2>&1 || true
}

# install_into VENV LOCKFILE: exactly what the lock names, checked against its hashes.
install_into() {
    mkdir -p .cache
    .venv/bin/python -m uv pip install -q --compile-bytecode --require-hashes --system-certs \
        --python "$1/bin/python" -r "$2" >.cache/install.log 2>&1 ||
        "$1/bin/python" -m pip install -q --require-hashes -r "$2" >>.cache/install.log 2>&1 ||
        fail "The packages of $2 could not be installed; the reason is in .cache/install.log."
}

# ensure_requirements LOCKFILE: into .venv, once for each state of the lock.
ensure_requirements() {
    local lock=$1 stamp wanted
    ensure_venv
    stamp=".venv/installed-${lock%.txt}"
    wanted=$(fingerprint "$lock" .venv/pyvenv.cfg)
    [[ "$(cat "$stamp" 2>/dev/null)" == "$wanted" ]] && return
    ensure_uv
    say "Installing the packages of $lock"
    install_into .venv "$lock"
    echo "$wanted" >"$stamp"
}

# npm_ci FOLDER: exactly what its package-lock.json names, with the npm that is here or PyPI's.
npm_ci() {
    local options=(ci --ignore-scripts --no-audit --no-fund --loglevel=error) log="$PWD/.cache/npm.log"
    mkdir -p .cache
    command -v npm >/dev/null && (cd "$1" && npm "${options[@]}" >"$log" 2>&1) && return
    # No npm on this machine: PyPI carries one.
    ensure_uv
    if [[ ! -x .cache/node/bin/npm ]]; then
        make_venv .cache/node
        install_into .cache/node scripts/node.txt
    fi
    export PATH="$PWD/.cache/node/bin:$PATH"
    (cd "$1" && npm "${options[@]}" >"$log" 2>&1) ||
        fail "The packages of $1/package.json could not be installed with npm; its last words are in .cache/npm.log."
}

# ensure_translations: compiles the catalogues that changed (.mo files are not committed).
ensure_translations() {
    local catalogue compiled stale=""
    for catalogue in jobsearch/translations/*/LC_MESSAGES/*.po; do
        [[ -e "$catalogue" ]] || return 0
        compiled="${catalogue%.po}.mo"
        [[ -e "$compiled" && ! "$catalogue" -nt "$compiled" ]] || stale=yes
    done
    [[ -z "$stale" ]] && return
    .venv/bin/python -m babel.messages.frontend compile -d jobsearch/translations >.cache/translations.log 2>&1 ||
        fail "The translations could not be compiled; the reason is in .cache/translations.log."
}

# set_up LOCKFILE: everything that stands between a fresh copy and a program that starts.
set_up() {
    mkdir -p .cache
    ensure_requirements "$1"
    scripts/vendor
    ensure_translations
}

# operate WORD...: a command of jobsearch.operating, with paths as the caller means them ($called_from).
# How pages are served does not matter to it, so the demo's settings do where none are given.
operate() {
    local root=$PWD
    export JOBSEARCH_MODE="${JOBSEARCH_MODE:-demo}" PYTHONPATH="$root"
    JOBSEARCH_INSTANCE=$(realpath -m "${JOBSEARCH_INSTANCE:-instance}")
    export JOBSEARCH_INSTANCE
    cd "$called_from"
    exec "$root/.venv/bin/python" -m jobsearch.operating "$@"
}
