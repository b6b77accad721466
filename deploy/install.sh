#!/bin/sh
# Installs audit-service from this folder, without network: sh install.sh [FOLDER], by default /opt/audit-service.
# Needs Python 3.11 on x86_64 Linux (PYTHON names another one) and sha256sum, and nothing else.
set -eu

target=${1:-/opt/audit-service}
python=${PYTHON:-python3.11}
here=$(cd "$(dirname "$0")" && pwd)
case $target in /*) ;; *) target=$PWD/$target ;; esac

stop() {
	echo "✗ $1" >&2
	exit 1
}

[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || stop "This installer is for Linux on x86_64; this is $(uname -s) on $(uname -m)."
command -v "$python" >/dev/null || stop "There is no $python. Install Python 3.11, or name it: PYTHON=/path/to/python3.11 sh install.sh"
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || stop "$python is $("$python" -V), and Python 3.11 is needed."
[ ! -e "$target" ] || [ -z "$(ls -A "$target")" ] || stop "$target is not empty. Name a new folder; docs/operations.md says how to upgrade."

cd "$here"
sha256sum --check --quiet --strict SHA256SUMS || stop "The files are not those that were packed: copy the archive again. Nothing was installed."
listed=$(cut -c 67- SHA256SUMS | LC_ALL=C sort)
found=$(find . -type f ! -name SHA256SUMS | sed 's,^\./,,' | LC_ALL=C sort)
[ "$listed" = "$found" ] || stop "There are files here that were not packed, or some are missing. Unpack the archive into a new folder."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m zipfile -e wheels/uv-*.whl "$work"
uv=$(echo "$work"/uv-*.data/scripts/uv)
chmod +x "$uv"

install_wheels() {
	"$uv" pip install --quiet --offline --no-cache --no-config --link-mode copy --compile-bytecode \
		--python "$target/.venv/bin/python" --no-index --find-links wheels "$@"
}

mkdir -p "$target"
"$uv" venv --quiet --offline --no-cache --no-config --python "$("$python" -c 'import sys; print(sys.executable)')" "$target/.venv"
install_wheels --require-hashes -r requirements.txt
install_wheels --no-deps wheels/audit_service-*.whl
cp -R wsgi.py gunicorn.conf.py demo verifier deploy docs "$target/"
"$target/.venv/bin/audit-service" --version
echo "Installed in $target. Next: $target/docs/operations.md; or try $target/.venv/bin/python $target/demo/demo.py"
