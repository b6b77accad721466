"""`make offline`: one archive from which a machine without network is set up.

It holds the wheels of requirements.txt, whose hashes are checked here and again at the installation, uv to install
them (a bare Debian has neither pip nor venv), the program, and what a machine needs besides.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PLATFORMS: Final = (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)), "manylinux2014_x86_64", "any")
"""glibc 2.28 and older: Debian 10, Ubuntu 20.04, openEuler 20.03 and what came after them."""
PACKED: Final = ("wsgi.py", "gunicorn.conf.py", "requirements.txt", "demo", "verifier", "deploy", "docs", "README.md")


def version() -> str:
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit("pyproject.toml has no version")
    return found[1]


def gather(folder: Path, uv: str) -> None:
    """Everything that is packed, under its name in the archive."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    fetch(wheels, "--require-hashes", "-r", str(ROOT / "requirements.txt"))
    fetch(wheels, f"uv=={uv}")
    build = (ROOT / ".boot" / "bin" / "uv", "build", "--quiet", "--wheel", "--out-dir", wheels, ROOT)
    subprocess.run([str(word) for word in build], check=True)
    (wheels / ".gitignore").unlink(missing_ok=True)  # which uv leaves there
    copy_rest(folder)


def fetch(wheels: Path, *what: str) -> None:
    """Wheels for the machines that this is for, whatever this one is."""
    platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
    python = ("--python-version", "3.11", "--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none")
    options = ("--quiet", "--only-binary", ":all:", "--no-deps", "--dest", str(wheels), *python, *platforms)
    subprocess.run([sys.executable, "-m", "pip", "download", *options, *what], check=True)


def copy_rest(folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "offline.py", "example")
    for name in PACKED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    shutil.move(folder / "deploy" / "install.sh", folder / "install.sh")


def write_sums(folder: Path) -> None:
    """SHA256SUMS over everything, which install.sh checks."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def pack(folder: Path, archive: Path) -> None:
    """The same bytes for the same files, whoever packs them when."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
        member.mode = 0o755 if member.isdir() or member.name.endswith("install.sh") else 0o644
        return member

    archive.parent.mkdir(parents=True, exist_ok=True)
    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", 1, file, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as tar,
    ):
        tar.add(folder, folder.name, filter=plain)


def main(uv: str) -> None:
    name = f"audit-service-offline-{version()}"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / name
        gather(folder, uv)
        write_sums(folder)
        archive = ROOT / "dist" / f"{name}.tar.gz"
        pack(folder, archive)
    data = archive.read_bytes()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{sha256(data).hexdigest()}  {archive.name}\n")
    print(f"{archive.relative_to(ROOT)}  {len(data) >> 20} MiB  sha256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1])
